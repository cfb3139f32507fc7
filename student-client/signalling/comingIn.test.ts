import { describe, expect, it } from 'vitest';
import { comeIn, nextTryMs, type Surroundings } from './comingIn';
import type { JoinOutcome, Refused, Seat } from './joining';

const seat: Seat = { session: 's', token: 't', expiresAt: '', capabilities: [], whepUrl: '/whep/s', today: null };
const joined: JoinOutcome = { kind: 'joined', seat };
const no = (why: Refused['why'], waitMs: number | null = null): Refused => ({ kind: 'refused', why, words: '', waitMs });
const early = no('notNow', 15_000);

describe('the next try', () => {
  it('is when the school says, a little spread out', () => {
    expect(nextTryMs(early, 1, 0, 0)).toBe(15_500);
    expect(nextTryMs(early, 1, 0, 1)).toBe(20_250);
    expect(nextTryMs(no('notNow', 60_000), 1, 0, 1)).toBe(65_500);
  });

  it.each(['unknown', 'stale', 'notNow'] as const)('never comes where waiting does not help: %s', (why) =>
    expect(nextTryMs(no(why), 9, 0, 0)).toBeNull(),
  );

  it('is made for trouble on the way only by who waits already', () => {
    expect(nextTryMs(no('unreachable'), 1, 0, 0)).toBeNull();
    expect(nextTryMs(no('unreachable'), 2, 0, 0)).not.toBeNull();
    expect(nextTryMs(no('tooMany'), 2, 0, 0)).not.toBeNull();
  });

  it('does not come for ever', () => {
    expect(nextTryMs(early, 2, 44 * 60_000, 0)).not.toBeNull();
    expect(nextTryMs(early, 2, 45 * 60_000, 0)).toBeNull();
    expect(nextTryMs(early, 150, 0, 0)).toBeNull();
  });
});

describe('coming in', () => {
  /** Answers one after another; each pause takes no time. */
  function around(answers: JoinOutcome[], duringPause: () => void = () => undefined) {
    const seen = { asked: 0, pauses: [] as number[], left: [] as Seat[] };
    let now = 0;
    const surroundings: Surroundings = {
      join: async () => answers[Math.min(seen.asked++, answers.length - 1)] ?? early,
      leave: async (given) => void seen.left.push(given),
      now: () => now,
      chance: () => 0.5,
      pause: async (ms) => {
        seen.pauses.push(ms);
        now += ms;
        duringPause();
      },
    };
    return { seen, surroundings };
  }

  it('needs no waiting when the door is open', async () => {
    const { seen, surroundings } = around([joined]);
    expect(await comeIn('c', () => expect.unreachable(), new AbortController().signal, surroundings)).toBe(joined);
    expect(seen).toEqual({ asked: 1, pauses: [], left: [] });
  });

  it('waits for the lesson and for the robot, through a moment without wifi, and comes in', async () => {
    const { seen, surroundings } = around([no('notNow', 60_000), early, no('unreachable'), joined]);
    const told: Refused[] = [];
    expect(await comeIn('c', (why) => told.push(why), new AbortController().signal, surroundings)).toBe(joined);
    expect([seen.asked, seen.pauses.length, told.map(({ why }) => why)]).toEqual([4, 3, ['notNow', 'notNow', 'unreachable']]);
  });

  it('stops as soon as waiting does not help any more', async () => {
    const { seen, surroundings } = around([early, no('stale')]);
    expect(await comeIn('c', () => undefined, new AbortController().signal, surroundings)).toEqual(no('stale'));
    expect(seen.asked).toBe(2);
  });

  it('gives up in the end', async () => {
    const { seen, surroundings } = around([early]);
    expect(await comeIn('c', () => undefined, new AbortController().signal, surroundings)).toEqual(early);
    expect(seen.asked).toBeLessThanOrEqual(150);
  });

  it('asks no more once the pupil would rather not', async () => {
    const leaving = new AbortController();
    const { seen, surroundings } = around([early], () => leaving.abort());
    expect(await comeIn('c', () => undefined, leaving.signal, surroundings)).toBeNull();
    expect([seen.asked, seen.left]).toEqual([1, []]);
  });

  it('gives a seat back that was granted while the pupil said not today', async () => {
    const leaving = new AbortController();
    const { seen, surroundings } = around([joined]);
    const coming = comeIn('c', () => undefined, leaving.signal, surroundings);
    leaving.abort();
    expect(await coming).toBeNull();
    expect(seen.left).toEqual([seat]);
  });
});
