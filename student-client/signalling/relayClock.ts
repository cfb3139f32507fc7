/**
 * Estimates the relay's monotonic clock (ms) from this page's (`performance.now()`), so that commands can say
 * when they were asked for. Wall clocks play no part.
 *
 * A reply measures the offset to within half its round trip, so the fastest recent reply is believed. A message
 * that came unasked only gives a lower bound (it was under way for an unknown time); that is enough to begin with.
 */
export class RelayClock {
  private static readonly keep = 12;
  private static readonly maxAgeMs = 60_000;
  private samples: { offset: number; roundTrip: number; at: number }[] = [];
  private atLeast: number | null = null;

  /** Forget everything: the relay may be another process now, or this device has slept. */
  reset(): void {
    this.samples = [];
    this.atLeast = null;
  }

  onMessage(relayNowMs: number, receivedAt: number): void {
    const offset = relayNowMs - receivedAt;
    this.atLeast = this.atLeast === null ? offset : Math.max(this.atLeast, offset);
  }

  onReply(relayNowMs: number, sentAt: number, receivedAt: number): void {
    const offset = relayNowMs - (sentAt + receivedAt) / 2;
    const recent = this.samples.filter((sample) => receivedAt - sample.at <= RelayClock.maxAgeMs);
    this.samples = [...recent, { offset, roundTrip: receivedAt - sentAt, at: receivedAt }].slice(-RelayClock.keep);
  }

  /** The relay's clock at `now`; null until the relay has spoken. */
  at(now: number): number | null {
    const best = this.samples.reduce<{ offset: number; roundTrip: number } | null>(
      (least, sample) => (least === null || sample.roundTrip <= least.roundTrip ? sample : least),
      null,
    );
    const offset = best?.offset ?? this.atLeast;
    return offset === null ? null : Math.round(now + offset);
  }

  /** The fastest recent round trip in ms; null until a command was answered. */
  get roundTripMs(): number | null {
    return this.samples.length === 0 ? null : Math.min(...this.samples.map((sample) => sample.roundTrip));
  }
}
