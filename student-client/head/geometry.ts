/**
 * Where the head looks, in degrees. Pan is positive to the robot's left, tilt is positive upward (REP 103), so on the
 * picture what lies to the left has the greater pan.
 */
export interface Pose {
  readonly pan: number;
  readonly tilt: number;
}

export interface Range {
  readonly minPan: number;
  readonly maxPan: number;
  readonly minTilt: number;
  readonly maxTilt: number;
  readonly maxZoom: number;
}

/** Until the robot has told its own. */
export const usualRange: Range = { minPan: -150, maxPan: 150, minTilt: -25, maxTilt: 30, maxZoom: 4 };

/** How much of the room the whole lens shows across; the robot does not tell, and it only scales gestures. */
export const lensDegrees = 70;

export const arrowStep = { pan: 8, tilt: 5 } as const;

export function clampPose(pose: Pose, range: Range): Pose {
  return { pan: clamp(pose.pan, range.minPan, range.maxPan), tilt: clamp(pose.tilt, range.minTilt, range.maxTilt) };
}

export function clampZoom(zoom: number, range: Range): number {
  return clamp(zoom, 1, Math.max(1, range.maxZoom));
}

/** Degrees that one pixel of the shown picture stands for. */
export function degreesPerPixel(pictureWidth: number, zoom: number): number {
  return lensDegrees / Math.max(zoom, 1) / Math.max(pictureWidth, 1);
}

/** The picture is held by the finger: dragged to the right, the head turns left, and what was touched stays under it. */
export function afterDrag(from: Pose, dx: number, dy: number, scale: number): Pose {
  return { pan: from.pan + dx * scale, tilt: from.tilt + dy * scale };
}

/** "Look there": brings what was tapped to the middle. `x` and `y` count from the middle of the picture, down positive. */
export function afterTap(from: Pose, x: number, y: number, scale: number): Pose {
  return { pan: from.pan - x * scale, tilt: from.tilt - y * scale };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

export function afterArrow(from: Pose, direction: Direction, zoom: number): Pose {
  const fine = 1 / Math.max(zoom, 1);
  switch (direction) {
    case 'left':
      return { ...from, pan: from.pan + arrowStep.pan * fine };
    case 'right':
      return { ...from, pan: from.pan - arrowStep.pan * fine };
    case 'up':
      return { ...from, tilt: from.tilt + arrowStep.tilt * fine };
    case 'down':
      return { ...from, tilt: from.tilt - arrowStep.tilt * fine };
  }
}

export function isNear(a: Pose, b: Pose, degrees: number): boolean {
  return Math.abs(a.pan - b.pan) <= degrees && Math.abs(a.tilt - b.tilt) <= degrees;
}

/** Where on the map a pose lies: 0…1 from the left and from the top of what the head can reach. */
export function onMap(pose: Pose, range: Range): { x: number; y: number } {
  const inside = clampPose(pose, range);
  return {
    x: share(range.maxPan - inside.pan, range.maxPan - range.minPan),
    y: share(range.maxTilt - inside.tilt, range.maxTilt - range.minTilt),
  };
}

/** For those who do not see the map. */
export function poseWords(pose: Pose, range: Range): string {
  const sideways = side(pose.pan, range.maxPan, range.minPan, 'left', 'right');
  const upright = side(pose.tilt, range.maxTilt, range.minTilt, 'up', 'down');
  const parts = [sideways, upright].filter((part) => part !== '');
  return parts.length === 0 ? 'Looking straight ahead' : `Looking ${parts.join(' and ')}`;
}

function side(value: number, most: number, least: number, positive: string, negative: string): string {
  if (Math.abs(value) < 5) return '';
  const word = value > 0 ? positive : negative;
  const limit = value > 0 ? most : -least;
  if (Math.abs(value) > limit - 3) return `as far ${word} as it goes`;
  return Math.abs(value) > limit / 2 ? `far ${word}` : word;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0.5 : part / whole;
}
