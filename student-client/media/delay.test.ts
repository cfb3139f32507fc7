import { describe, expect, it } from 'vitest';
import { DelayMeter, delayWords, SteadyWords } from './delay';

describe('the delay', () => {
  it('is measured from capture times that came from the robot', () => {
    const meter = new DelayMeter();
    for (let i = 0; i < 20; i++) meter.onFrame(1_000 + i * 33, 1_310 + i * 33 + (i % 3), 1_320 + i * 33);
    expect(meter.read(2_000)).toEqual({ kind: 'measured', ms: 311 });
  });

  it('is not believed when capture lies in the future or years ago', () => {
    const meter = new DelayMeter();
    for (let i = 0; i < 20; i++) meter.onFrame(5_000, 1_000, 1_000);
    for (let i = 0; i < 20; i++) meter.onFrame(-1e9, 1_000, 1_000);
    expect(meter.read(1_000)).toBeNull();
  });

  it('is not believed for long after the last frame', () => {
    const meter = new DelayMeter();
    for (let i = 0; i < 20; i++) meter.onFrame(900, 1_000, 1_000);
    expect(meter.read(4_500)).toBeNull();
  });

  it('has a lower bound where only this end can be measured', () => {
    const meter = new DelayMeter();
    meter.onCounters(1, 100, 0.05);
    meter.onCounters(1.6, 130, 0.05);
    expect(meter.read(0)).toMatchObject({ kind: 'atLeast' });
    expect(meter.read(0)?.ms).toBeCloseTo(45);
  });
});

describe('its words', () => {
  it.each([
    [null, 'a moment behind'],
    [{ kind: 'atLeast', ms: 45 } as const, 'a moment behind'],
    [{ kind: 'atLeast', ms: 1_200 } as const, 'more than a second behind'],
    [{ kind: 'measured', ms: 90 } as const, 'about a tenth of a second behind'],
    [{ kind: 'measured', ms: 330 } as const, 'about a third of a second behind'],
    [{ kind: 'measured', ms: 9_000 } as const, 'a few seconds behind'],
  ])('%j: %s', (delay, words) => expect(delayWords(delay)).toBe(words));

  it('do not flicker', () => {
    const steady = new SteadyWords(3_000);
    const shown = [0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000].map((now) => steady.read(now === 0 || now === 2_000 ? 'a' : 'b', now));
    expect(shown).toEqual(['a', 'a', 'a', 'a', 'a', 'a', 'b']);
  });
});
