import { describe, expect, it } from 'vitest';
import { CommandQueue, type Wish } from './commandQueue';

const wish = (what: number, giveUpAfterMs = 4_000): Wish<number, number> => ({ what, isMet: (state) => state === what, giveUpAfterMs });
const queue = () => new CommandQueue<number, number>(1_700_000_000_000);

/** Takes whatever is due in each millisecond of a span. */
function drain(q: CommandQueue<number, number>, from: number, to: number): { at: number; what: number; sequence: bigint }[] {
  const sent = [];
  for (let now = from; now < to; now++) {
    const taken = q.take(now);
    if (taken) sent.push({ at: now, what: taken.what, sequence: taken.sequence });
  }
  return sent;
}

describe('the head', () => {
  it('is asked at most twenty times a second, and always for the newest place', () => {
    const q = queue();
    const sent = [];
    for (let now = 0; now < 1_000; now++) {
      q.put('head', wish(now), now);
      const taken = q.take(now);
      if (taken) sent.push({ now, what: taken.what });
    }
    expect(sent).toHaveLength(20);
    expect(sent.every(({ now, what }) => now === what)).toBe(true);
  });

  it('is asked again until it has arrived', () => {
    const q = queue();
    q.put('head', wish(7), 0);
    expect(drain(q, 0, 500).map(({ at }) => at)).toEqual([0, 150, 300, 450]);
    q.onState(7, 0n);
    expect(drain(q, 500, 1_000)).toEqual([]);
  });

  it('is left alone once its wish is dropped', () => {
    const q = queue();
    q.put('head', wish(7), 0);
    q.drop('head', 'zoom');
    expect(q.nextAt()).toBeNull();
  });
});

describe('sequence numbers', () => {
  it('rise with every command and go on upward after a reload', () => {
    const before = queue();
    before.put('head', wish(1), 0);
    const sent = drain(before, 0, 4_000).map(({ sequence }) => sequence);
    const rising = [...sent].sort((a, b) => (a < b ? -1 : 1));
    expect(sent).toEqual(rising);
    expect(new Set(sent).size).toBe(sent.length);
    const after = new CommandQueue<number, number>(1_700_000_004_000);
    after.put('head', wish(1), 0);
    expect(after.take(0)?.sequence).toBeGreaterThan(sent.at(-1) ?? 0n);
  });
});

describe('hand, mood and the rest', () => {
  it('go before the head', () => {
    const q = queue();
    q.put('head', wish(1), 0);
    q.put('hand', wish(2), 0);
    q.put('minute', wish(3), 0);
    expect(drain(q, 0, 140).map(({ what }) => what)).toEqual([3, 2, 1]);
  });

  it('are kept until the robot shows them, so that one lost command does no harm', () => {
    const q = queue();
    q.put('hand', wish(1), 0);
    drain(q, 0, 500);
    q.onState(0, 0n);
    expect(q.wanted('hand')).toBe(1);
    q.onState(1, 0n);
    expect(q.wanted('hand')).toBeNull();
  });

  it('are not taken as met by a state from before they were sent', () => {
    const q = queue();
    q.put('hand', wish(1), 0);
    q.onState(1, 0n);
    expect(q.take(0)?.what).toBe(1);
  });

  it('are not taken as met by a state that an earlier command made', () => {
    const q = queue();
    q.put('hand', wish(1), 0);
    const raised = q.take(0);
    q.put('hand', wish(0), 60);
    const lowered = q.take(60);
    q.onState(0, (raised?.sequence ?? 0n) - 1n); // still from before the hand went up
    expect(q.wanted('hand')).toBe(0);
    q.onState(0, lowered?.sequence ?? 0n);
    expect(q.wanted('hand')).toBeNull();
  });

  it('are given up after a while, and the page is told', () => {
    const q = queue();
    q.put('hand', wish(1), 0);
    q.put('head', wish(1, 5_000), 0);
    expect(q.takeGivenUp(3_999)).toEqual([]);
    expect(q.takeGivenUp(4_000)).toEqual(['hand']);
    expect(q.wanted('head')).toBe(1);
  });

  it('are asked for ever, if more seldom, when they must not be given up', () => {
    const q = queue();
    q.put('microphone', wish(1, Number.POSITIVE_INFINITY), 0);
    const sent = drain(q, 0, 20_000).map(({ at }) => at);
    expect(sent.slice(0, 3)).toEqual([0, 400, 800]);
    expect(sent.at(-1)).toBeGreaterThan(17_900);
    expect(q.takeGivenUp(3_600_000)).toEqual([]);
    q.onState(1, 0n);
    expect(q.nextAt()).toBeNull();
  });
});
