/**
 * What the pupil wants of the robot, and when to say it (again). Sans-I/O: `now` in ms comes in.
 *
 * One slot a kind of wish, and in a slot the newest wins. A command expires after half a second on its way, and the
 * head moves only while it is asked to, so a wish is repeated until the robot's state shows that it has been met,
 * or until it is given up. Commands leave at most 20 times a second, hands and moods before the head.
 */
export type Slot = 'hand' | 'mood' | 'passive' | 'minute' | 'microphone' | 'zoom' | 'head' | 'speed' | 'place';

const order: readonly Slot[] = ['minute', 'microphone', 'hand', 'mood', 'passive', 'speed', 'place', 'head', 'zoom'];

export interface Wish<What, State> {
  readonly what: What;
  /** Whether the robot's newest state shows the wish met. */
  readonly isMet: (state: State) => boolean;
  /** Infinite for a wish that stands until it is met. */
  readonly giveUpAfterMs: number;
}

interface Kept<What, State> extends Wish<What, State> {
  readonly askedAt: number;
  sentAt: number;
  /** Of the first command that carried this wish; null before that. */
  sequence: bigint | null;
}

export const pacing = { leastGapMs: 50, repeatMs: { head: 150, zoom: 150, other: 400, long: 2_000 }, longAfterMs: 4_000 } as const;

export class CommandQueue<What, State> {
  private readonly slots = new Map<Slot, Kept<What, State>>();
  private lastSentAt = Number.NEGATIVE_INFINITY;
  private lastSequence: bigint;

  /** @param startedAtUnixMs Sequence numbers start from here, so that after a reload they go on upward. */
  constructor(startedAtUnixMs: number) {
    this.lastSequence = BigInt(Math.floor(startedAtUnixMs));
  }

  put(slot: Slot, wish: Wish<What, State>, now: number): void {
    this.slots.set(slot, { ...wish, askedAt: now, sentAt: Number.NEGATIVE_INFINITY, sequence: null });
  }

  drop(...slots: Slot[]): void {
    for (const slot of slots) this.slots.delete(slot);
  }

  wanted(slot: Slot): What | null {
    return this.slots.get(slot)?.what ?? null;
  }

  /** @param actedUpTo The newest command that this state already reflects; 0 when the robot does not tell. */
  onState(state: State, actedUpTo: bigint): void {
    for (const [slot, wish] of this.slots) {
      if (wish.sequence === null) continue;
      const isOlder = actedUpTo !== 0n && actedUpTo < wish.sequence;
      if (!isOlder && wish.isMet(state)) this.slots.delete(slot);
    }
  }

  /** Takes out the wishes that nobody met in time. */
  takeGivenUp(now: number): Slot[] {
    const late = [...this.slots].filter(([, wish]) => now - wish.askedAt >= wish.giveUpAfterMs).map(([slot]) => slot);
    this.drop(...late);
    return late;
  }

  /** The next command, if one is due now. */
  take(now: number): { slot: Slot; what: What; sequence: bigint } | null {
    if (now - this.lastSentAt < pacing.leastGapMs) return null;
    for (const slot of order) {
      const wish = this.slots.get(slot);
      if (!wish || now < this.dueAt(slot, wish)) continue;
      wish.sentAt = now;
      this.lastSentAt = now;
      this.lastSequence += 1n;
      wish.sequence ??= this.lastSequence;
      return { slot, what: wish.what, sequence: this.lastSequence };
    }
    return null;
  }

  /** When `take` may next have something; null while there is no wish. */
  nextAt(): number | null {
    if (this.slots.size === 0) return null;
    const due = Math.min(...[...this.slots].map(([slot, wish]) => this.dueAt(slot, wish)));
    return Math.max(due, this.lastSentAt + pacing.leastGapMs);
  }

  private dueAt(slot: Slot, wish: Kept<What, State>): number {
    const { repeatMs, longAfterMs } = pacing;
    if (slot === 'head' || slot === 'zoom') return wish.sentAt + repeatMs[slot];
    return wish.sentAt + (wish.sentAt - wish.askedAt >= longAfterMs ? repeatMs.long : repeatMs.other);
  }
}
