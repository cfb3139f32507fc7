/** What getStats says, cut down to what this page needs. */
export interface MediaCounters {
  /** Rises with everything that arrives on the path: media, and answers to connectivity checks. */
  readonly arrived: number;
  readonly framesDecoded: number;
  readonly audioPackets: number;
  /** Seconds, summed over frames, and the number of frames: the quotient of two differences is a mean. */
  readonly videoWaitedSeconds: number;
  readonly videoEmitted: number;
  readonly roundTripSeconds: number | null;
}

/** Loosely typed on purpose: browsers leave fields out, and lib.dom knows only some of them. */
type Entry = { readonly type: string; readonly kind?: string } & Readonly<Record<string, unknown>>;

export function countersOf(report: { forEach(each: (entry: Entry) => void): void }): MediaCounters {
  let [arrived, framesDecoded, audioPackets, videoWaitedSeconds, videoEmitted] = [0, 0, 0, 0, 0];
  let roundTripSeconds: number | null = null;
  report.forEach((entry) => {
    if (entry.type === 'candidate-pair') {
      arrived += number(entry, 'responsesReceived') + number(entry, 'packetsReceived');
      const roundTrip = number(entry, 'currentRoundTripTime');
      if (entry.nominated === true && roundTrip > 0) roundTripSeconds = roundTrip;
    } else if (entry.type === 'inbound-rtp') {
      arrived += number(entry, 'packetsReceived');
      if (entry.kind === 'audio') audioPackets += number(entry, 'packetsReceived');
      else {
        framesDecoded += number(entry, 'framesDecoded');
        videoWaitedSeconds += number(entry, 'jitterBufferDelay') + number(entry, 'totalDecodeTime');
        videoEmitted += number(entry, 'jitterBufferEmittedCount');
      }
    }
  });
  return { arrived, framesDecoded, audioPackets, videoWaitedSeconds, videoEmitted, roundTripSeconds };
}

function number(entry: Entry, name: string): number {
  const value = entry[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** Tells whether something that should keep rising still does. Sans-I/O; `now` in ms. */
export class Heartbeat {
  private last: number | null = null;
  private roseAt: number | null = null;

  on(total: number, now: number): void {
    if (this.last !== null && total > this.last) this.roseAt = now;
    else if (this.last === null && total > 0) this.roseAt = now;
    this.last = total; // a smaller total is a new connection's
  }

  /** Since when it has been still, in ms; null when it never beat. */
  stillFor(now: number): number | null {
    return this.roseAt === null ? null : now - this.roseAt;
  }
}
