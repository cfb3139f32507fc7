import { describe, expect, it } from 'vitest';
import { type Connection, type ConnectionEvent, canRetry, type Effect, initialConnection, limits, reduce } from './connection';

/** Plays events against the reducer with a clock of its own. */
class Play {
  state: Connection = initialConnection;
  now = 1_000;
  effects: Effect[] = [];

  on(event: ConnectionEvent, afterMs = 0): this {
    this.now += afterMs;
    const step = reduce(this.state, event, this.now, 0.5);
    this.state = step.state;
    this.effects = [...step.effects];
    return this;
  }

  /** Ticks every 250 ms, as the page does, and gathers what was asked for. */
  tick(ms: number, each?: (play: Play) => void): Effect[] {
    const all: Effect[] = [];
    for (let passed = 0; passed < ms; passed += 250) {
      this.on({ kind: 'tick' }, 250);
      all.push(...this.effects);
      each?.(this);
    }
    this.effects = all;
    return all;
  }

  flowing(): this {
    this.on({ kind: 'start' }).on({ kind: 'answered', call: 1 }, 40).on({ kind: 'peer', call: 1, state: 'connected' }, 60);
    return this.on({ kind: 'room', expecting: true, seen: true }).on({ kind: 'received', call: 1, total: 100 }, 50);
  }

  lost(): this {
    return this.flowing().on({ kind: 'peer', call: 1, state: 'disconnected' }, 2_500);
  }

  kinds(): string[] {
    return this.effects.map((effect) => effect.kind);
  }
}

describe('joining', () => {
  it('calls once, however often the button is tapped', () => {
    const play = new Play().on({ kind: 'start' });
    expect(play.effects).toEqual([{ kind: 'call', call: 1 }]);
    expect(play.on({ kind: 'start' }).effects).toEqual([]);
  });

  it('flows when the peer connects, even before there is a robot', () => {
    const play = new Play().on({ kind: 'start' }).on({ kind: 'answered', call: 1 }).on({ kind: 'peer', call: 1, state: 'connected' });
    expect(play.state.phase).toBe('flowing');
  });

  it('calls again when an answer never leads to a connection', () => {
    const play = new Play().on({ kind: 'start' }).on({ kind: 'answered', call: 1 });
    expect(play.tick(limits.connect)).toContainEqual({ kind: 'call', call: 2 });
    expect(play.state.unheardCalls).toBe(1);
  });

  it('ignores what an earlier call still reports', () => {
    const play = new Play().on({ kind: 'start' }).on({ kind: 'answered', call: 1 });
    play.tick(limits.connect);
    const before = play.state;
    expect(play.on({ kind: 'peer', call: 1, state: 'connected' }).state).toEqual(before);
  });

  it('probes when nothing answers the call', () => {
    const play = new Play().on({ kind: 'start' }).on({ kind: 'unreachable', call: 1 });
    expect(play.state.phase).toBe('lost');
    expect(play.kinds()).toEqual(['probe']);
    expect(play.on({ kind: 'probed', ok: true }, 300).effects).toContainEqual({ kind: 'call', call: 2 });
  });
});

describe('refusals', () => {
  it.each([
    [401, 'expired'],
    [403, 'notAllowed'],
    [409, 'elsewhere'],
    [400, 'broken'],
    [413, 'broken'],
    [415, 'broken'],
  ] as const)('%i ends as %s', (status, over) => {
    const play = new Play().on({ kind: 'start' }).on({ kind: 'refused', call: 1, status, retryAfterMs: null });
    expect(play.state).toMatchObject({ phase: 'over', over });
    expect(play.kinds()).toContain('hangUp');
  });

  it.each([429, 503])('%i waits as long as it was told to', (status) => {
    const play = new Play().on({ kind: 'start' }).on({ kind: 'refused', call: 1, status, retryAfterMs: 5_000 });
    expect(play.state.phase).toBe('waiting');
    expect(play.tick(4_750)).toEqual([]);
    expect(play.tick(2_000)).toContainEqual({ kind: 'call', call: 2 });
  });

  it.each([
    [404, 'gone'],
    [422, 'cannotPlay'],
  ] as const)('%i is tried a few times before it counts as %s', (status, over) => {
    const play = new Play().on({ kind: 'start' });
    for (let tries = 0; tries < 10 && play.state.phase !== 'over'; tries++) {
      play.on({ kind: 'refused', call: play.state.call, status, retryAfterMs: null });
      if (play.state.phase === 'waiting') play.tick(2_500);
    }
    expect(play.state).toMatchObject({ phase: 'over', over });
    expect(play.state.call).toBeGreaterThan(2);
  });

  it.each([
    ['elsewhere', true],
    ['notAllowed', true],
    ['gone', true],
    ['expired', false],
    ['ended', false],
    ['left', false],
  ] as const)('after %s, trying again with the same seat makes sense: %s', (over, sense) => expect(canRetry(over)).toBe(sense));
});

describe('a network that goes away', () => {
  it('is noticed by silence: the relay is asked within about a second', () => {
    const play = new Play().flowing();
    play.tick(1_250);
    expect(play.kinds()).toContain('probe');
    play.on({ kind: 'probed', ok: false });
    expect(play.state.phase).toBe('lost');
  });

  it('asks at least once a second while it is gone', () => {
    const play = new Play().lost();
    const asked: number[] = [];
    play.tick(10_000, (p) => p.kinds().includes('probe') && asked.push(p.now));
    const gaps = asked.slice(1).map((at, i) => at - (asked[i] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000);
  });

  it('restarts ICE and the state stream as soon as the relay answers', () => {
    const play = new Play().lost().on({ kind: 'probed', ok: true }, 10_000);
    expect(play.kinds()).toEqual(['stopProbes', 'restart', 'reopenWatch']);
    expect(play.state.phase).toBe('restarting');
  });

  it('flows again with the first packet', () => {
    const play = new Play().lost().on({ kind: 'probed', ok: true }, 10_000).on({ kind: 'restarted', call: 1 }, 50);
    play.on({ kind: 'peer', call: 1, state: 'connected' }, 100);
    expect(play.state.phase).toBe('flowing');
  });

  it('flows again by itself when packets come back before the relay is asked', () => {
    const play = new Play().lost().on({ kind: 'peer', call: 1, state: 'connected' }, 4_000);
    expect(play.state.phase).toBe('flowing');
    expect(play.kinds()).toEqual(['stopProbes', 'reopenWatch']);
  });

  it('calls again when a restart brings nothing', () => {
    const play = new Play().lost().on({ kind: 'probed', ok: true }, 10_000);
    expect(play.tick(limits.restart)).toContainEqual({ kind: 'call', call: 2 });
  });

  it('asks at once when the browser says that the network is back', () => {
    expect(new Play().lost().on({ kind: 'online' }, 100).kinds()).toEqual(['probe']);
  });

  it('does not believe the browser about being offline while packets arrive', () => {
    const play = new Play().flowing().on({ kind: 'offline' }).on({ kind: 'probed', ok: false }, 100);
    play.on({ kind: 'received', call: 1, total: 200 }, 50);
    expect(play.state.phase).toBe('flowing');
  });

  it('does not take the robot falling silent for a lost network', () => {
    const play = new Play().flowing().on({ kind: 'room', expecting: false, seen: true });
    play.tick(6_000, (p) => p.kinds().includes('probe') && p.on({ kind: 'probed', ok: true }));
    expect(play.state.phase).toBe('flowing');
  });

  it('does not keep asking while the robot sleeps and only connectivity checks arrive', () => {
    const play = new Play().flowing().on({ kind: 'room', expecting: false, seen: true });
    let total = 100;
    for (let checks = 0; checks < 10; checks++) {
      expect(play.tick(2_500)).toEqual([]);
      total += 1;
      play.on({ kind: 'received', call: 1, total });
    }
  });

  it('restarts ICE when the relay answers but no media comes that should', () => {
    const play = new Play().flowing();
    play.tick(4_500, (p) => p.kinds().includes('probe') && p.on({ kind: 'probed', ok: true }));
    expect(play.state.phase).toBe('restarting');
  });
});

describe('a relay that is killed and started again', () => {
  it('is noticed by the state stream, and called again once PATCH says that we are unknown', () => {
    const play = new Play().flowing().on({ kind: 'watch', what: 'lost' }, 100);
    expect(play.kinds()).toEqual(['probe']);
    play.on({ kind: 'probed', ok: false }, 5);
    play.tick(1_000);
    expect(play.state.phase).toBe('lost');
    play.on({ kind: 'probed', ok: true }, 2_000);
    expect(play.kinds()).toContain('restart');
    play.on({ kind: 'restartRefused', call: 1, status: 404, retryAfterMs: null }, 20);
    expect(play.effects).toEqual([{ kind: 'call', call: 2 }]);
  });

  it('is noticed even when it is back before anybody asked', () => {
    const play = new Play().flowing().on({ kind: 'watch', what: 'lost' }, 100).on({ kind: 'probed', ok: true }, 50);
    play.on({ kind: 'received', call: 1, total: 110 }, 100); // counted late
    play.tick(1_000, (p) => p.kinds().includes('probe') && p.on({ kind: 'probed', ok: true }, 5));
    expect(play.state.phase).toBe('restarting');
  });

  it('does nothing when only the state stream broke', () => {
    const play = new Play().flowing().on({ kind: 'watch', what: 'lost' }, 100).on({ kind: 'probed', ok: true }, 50);
    let total = 110;
    play.tick(3_000, (p) => {
      total += 10;
      p.on({ kind: 'received', call: 1, total });
    });
    expect(play.state.phase).toBe('flowing');
  });

  it('is noticed when the relay says that we are not in the room', () => {
    const play = new Play().flowing().on({ kind: 'room', expecting: false, seen: false });
    play.tick(2_500, (p) => p.kinds().includes('probe') && p.on({ kind: 'probed', ok: true }, 5));
    expect(play.state.phase).toBe('restarting');
  });

  it('waits when the relay is being emptied', () => {
    const play = new Play().lost().on({ kind: 'probed', ok: true }, 500);
    play.on({ kind: 'restartRefused', call: 1, status: 503, retryAfterMs: 2_000 }, 20);
    expect(play.state.phase).toBe('waiting');
  });
});

describe('the end', () => {
  it.each(['ended', 'expired', 'notAllowed'] as const)('comes from the relay as %s', (what) => {
    const play = new Play().flowing().on({ kind: 'watch', what });
    expect(play.state).toMatchObject({ phase: 'over', over: what });
    expect(play.kinds()).toContain('hangUp');
  });

  it('comes from the pupil, and nothing happens after it', () => {
    const play = new Play().flowing().on({ kind: 'leave' });
    expect(play.kinds()).toEqual(['stopProbes', 'hangUp']);
    expect(play.tick(20_000)).toEqual([]);
    expect(play.on({ kind: 'probed', ok: true }).on({ kind: 'online' }).effects).toEqual([]);
  });
});

describe('coming back from the background', () => {
  it('asks the relay at once', () => {
    expect(new Play().flowing().on({ kind: 'shown' }, 60_000).kinds()).toEqual(['probe']);
  });

  it('restarts when the path has been silent for long', () => {
    const play = new Play().flowing().on({ kind: 'shown' }, 60_000).on({ kind: 'probed', ok: true }, 30);
    expect(play.kinds()).toEqual(['restart']);
  });
});
