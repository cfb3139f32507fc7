/**
 * How far behind the classroom the picture is.
 *
 * Only a capture time that came all the way from the robot measures that. Where the browser does not give one, what is
 * known is the last part of the way (half a round trip to the relay, waiting and decoding here): a lower bound.
 */
export type Delay = { readonly kind: 'measured' | 'atLeast'; readonly ms: number } | null;

const window = 30; // frames
const sane = { least: 1, most: 20_000 };

export class DelayMeter {
  private frames: number[] = [];
  private framesAt = Number.NEGATIVE_INFINITY;
  private last: { waited: number; emitted: number } | null = null;
  private bound: number | null = null;

  /** One shown frame: when it was captured and when it is expected on the glass, both in ms of `performance.now()`. */
  onFrame(capturedAt: number | undefined, displayedAt: number, now: number): void {
    if (capturedAt === undefined) return;
    const delay = displayedAt - capturedAt;
    if (!(delay >= sane.least && delay <= sane.most)) return; // clocks not yet related to each other
    this.frames = [...this.frames, delay].slice(-window);
    this.framesAt = now;
  }

  onCounters(waitedSeconds: number, emitted: number, roundTripSeconds: number | null): void {
    if (this.last && emitted > this.last.emitted && roundTripSeconds !== null) {
      const here = ((waitedSeconds - this.last.waited) / (emitted - this.last.emitted)) * 1_000;
      this.bound = here + (roundTripSeconds * 1_000) / 2;
    }
    this.last = { waited: waitedSeconds, emitted };
  }

  read(now: number): Delay {
    if (this.frames.length >= 5 && now - this.framesAt < 3_000) {
      const sorted = [...this.frames].sort((a, b) => a - b);
      return { kind: 'measured', ms: sorted[Math.floor(sorted.length / 2)] ?? 0 };
    }
    return this.bound === null ? null : { kind: 'atLeast', ms: this.bound };
  }
}

/** The delay in words. Numbers would only worry; and where nothing was measured, nothing is claimed. */
export function delayWords(delay: Delay): string {
  if (delay?.kind !== 'measured') return delay !== null && delay.ms > 1_000 ? 'more than a second behind' : 'a moment behind';
  const steps: readonly (readonly [number, string])[] = [
    [150, 'about a tenth of a second behind'],
    [225, 'about a fifth of a second behind'],
    [290, 'about a quarter of a second behind'],
    [420, 'about a third of a second behind'],
    [700, 'about half a second behind'],
    [1_500, 'about a second behind'],
    [2_500, 'about two seconds behind'],
  ];
  return steps.find(([below]) => delay.ms < below)?.[1] ?? 'a few seconds behind';
}

/** Keeps words on the page until new ones have held for a while, so that they do not flicker. */
export class SteadyWords {
  private shown: string | null = null;
  private next: { words: string; since: number } | null = null;

  constructor(private readonly holdMs: number) {}

  read(words: string, now: number): string {
    if (this.shown === null || words === this.shown) {
      this.shown = words;
      this.next = null;
    } else if (this.next?.words !== words) {
      this.next = { words, since: now };
    } else if (now - this.next.since >= this.holdMs) {
      this.shown = words;
      this.next = null;
    }
    return this.shown;
  }
}
