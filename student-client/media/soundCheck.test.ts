import { describe, expect, it } from 'vitest';
import { LoudnessMeter, levelOf } from './soundCheck';

const sine = (amplitude: number) => Array.from({ length: 4_800 }, (_, i) => amplitude * Math.sin(i / 10));

describe('the level', () => {
  it('is −3 dB for a full-scale sine, and −100 for silence', () => {
    expect(levelOf(sine(1))).toBeCloseTo(-3, 0);
    expect(levelOf([0, 0, 0])).toBe(-100);
    expect(levelOf([])).toBe(-100);
  });
});

describe('the words', () => {
  it.each([
    [0.1, 'clear'],
    [0.005, 'quiet'],
    [0.0001, 'lost'],
  ] as const)('speech of amplitude %d is %s', (amplitude, word) => {
    expect(new LoudnessMeter().on(levelOf(sine(amplitude)), 0)).toBe(word);
  });

  it('bear the pauses between words', () => {
    const meter = new LoudnessMeter();
    meter.on(-20, 0);
    expect(meter.on(-80, 2_000)).toBe('clear');
    expect(meter.on(-80, 3_000)).toBe('lost');
  });
});
