import { afterArrow, afterDrag, afterTap, type Direction, degreesPerPixel, type Pose } from './geometry';

/** What gestures need to know and may ask for. Poses may lie outside the range; the session holds them in it. */
export interface HeadUser {
  readonly target: Pose;
  readonly zoom: number;
  /** Width in pixels of the picture as it is shown, without the bars beside it. */
  readonly pictureWidth: number;
  mayTurn(): boolean;
  mayZoom(): boolean;
  lookAt(pose: Pose): void;
  zoomTo(zoom: number): void;
}

const tapSlop = 10; // pixels
const tapMs = 400;

/** Drag, tap and pinch on the picture, and arrow and plus/minus keys on the page. */
export function gestures(stage: HTMLElement, user: HeadUser, signal: AbortSignal): void {
  const fingers = new Map<number, { x: number; y: number }>();
  let drag: { x: number; y: number; from: Pose; at: number; hasMoved: boolean } | null = null;
  let pinch: { distance: number; zoom: number } | null = null;

  const scale = () => degreesPerPixel(user.pictureWidth, user.zoom);

  const down = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('button, dialog')) return;
    if (event.button !== 0) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 1) drag = { x: event.clientX, y: event.clientY, from: user.target, at: event.timeStamp, hasMoved: false };
    else {
      drag = null;
      pinch = { distance: spread(fingers), zoom: user.zoom };
    }
  };

  const move = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    finger.x = event.clientX;
    finger.y = event.clientY;
    if (pinch && fingers.size >= 2) {
      if (user.mayZoom() && pinch.distance > 0) user.zoomTo((pinch.zoom * spread(fingers)) / pinch.distance);
      return;
    }
    if (!drag || !user.mayTurn()) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    drag.hasMoved ||= Math.hypot(dx, dy) > tapSlop;
    if (drag.hasMoved) user.lookAt(afterDrag(drag.from, dx, dy, scale()));
  };

  const up = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return;
    const isTap = drag && !drag.hasMoved && event.timeStamp - drag.at < tapMs && event.type === 'pointerup';
    if (isTap && drag && user.mayTurn()) {
      const box = stage.getBoundingClientRect();
      user.lookAt(afterTap(drag.from, event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2, scale()));
    }
    drag = null;
    if (fingers.size < 2) pinch = null;
  };

  const key = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return;
    const direction = directions[event.key];
    if (direction && user.mayTurn()) {
      event.preventDefault();
      user.lookAt(afterArrow(user.target, direction, user.zoom));
    } else if ((event.key === '+' || event.key === '=' || event.key === '-') && user.mayZoom()) {
      event.preventDefault();
      user.zoomTo(user.zoom * (event.key === '-' ? 1 / zoomStep : zoomStep));
    }
  };

  stage.addEventListener('pointerdown', down, { signal });
  stage.addEventListener('pointermove', move, { signal });
  stage.addEventListener('pointerup', up, { signal });
  stage.addEventListener('pointercancel', up, { signal });
  document.addEventListener('keydown', key, { signal });
}

export const zoomStep = 1.25;

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

function spread(fingers: ReadonlyMap<number, { x: number; y: number }>): number {
  const [a, b] = [...fingers.values()];
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}
