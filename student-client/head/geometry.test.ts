import { describe, expect, it } from 'vitest';
import { afterArrow, afterDrag, afterTap, clampPose, clampZoom, degreesPerPixel, isNear, onMap, poseWords, usualRange } from './geometry';

const ahead = { pan: 0, tilt: 0 };

describe('gestures', () => {
  it('drag holds the picture: to the right turns the head left, downward lifts it', () => {
    const scale = degreesPerPixel(700, 1);
    expect(afterDrag(ahead, 100, 0, scale).pan).toBeCloseTo(10);
    expect(afterDrag(ahead, 0, 100, scale).tilt).toBeCloseTo(10);
  });

  it('tap brings what was tapped to the middle', () => {
    const pose = afterTap(ahead, 350, -175, degreesPerPixel(700, 1));
    expect(pose.pan).toBeCloseTo(-35); // the right edge lies to the robot's right
    expect(pose.tilt).toBeCloseTo(17.5); // above the middle is up
  });

  it('are finer when zoomed in', () => {
    expect(degreesPerPixel(700, 2)).toBeCloseTo(0.05);
    expect(afterArrow(ahead, 'left', 4).pan).toBe(2);
  });

  it.each([
    ['left', 8, 0],
    ['right', -8, 0],
    ['up', 0, 5],
    ['down', 0, -5],
  ] as const)('arrow %s', (direction, pan, tilt) => expect(afterArrow(ahead, direction, 1)).toEqual({ pan, tilt }));
});

describe('the range', () => {
  it('holds head and zoom', () => {
    expect(clampPose({ pan: 1_000, tilt: -1_000 }, usualRange)).toEqual({ pan: 150, tilt: -25 });
    expect(clampZoom(9, usualRange)).toBe(4);
    expect(clampZoom(0.2, usualRange)).toBe(1);
    expect(clampZoom(2, { ...usualRange, maxZoom: 0 })).toBe(1);
  });

  it('is drawn with left on the left and up at the top', () => {
    expect(onMap({ pan: 150, tilt: 30 }, usualRange)).toEqual({ x: 0, y: 0 });
    expect(onMap({ pan: -150, tilt: -25 }, usualRange)).toEqual({ x: 1, y: 1 });
    expect(onMap(ahead, { ...usualRange, minPan: 0, maxPan: 0 }).x).toBe(0.5);
  });
});

it.each([
  [ahead, 'Looking straight ahead'],
  [{ pan: 20, tilt: 0 }, 'Looking left'],
  [{ pan: -100, tilt: 12 }, 'Looking far right and up'],
  [{ pan: 150, tilt: 0 }, 'Looking as far left as it goes'],
])('%j in words: %s', (pose, words) => expect(poseWords(pose, usualRange)).toBe(words));

it('counts a pose as reached when it is near', () => {
  expect(isNear({ pan: 10, tilt: 5 }, { pan: 10.8, tilt: 4.5 }, 1)).toBe(true);
  expect(isNear({ pan: 10, tilt: 5 }, { pan: 12, tilt: 5 }, 1)).toBe(false);
});
