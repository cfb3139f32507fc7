import { round } from '../pages/buttons';
import { h } from '../pages/dom';
import { afterArrow, type Direction } from './geometry';
import { type HeadUser, zoomStep } from './gestures';

const repeatMs = 180;

/** Buttons for those who cannot drag: four directions, straight ahead. Held down, an arrow goes on. */
export function headPad(user: HeadUser, signal: AbortSignal): HTMLElement {
  const turn = (direction: Direction) => {
    if (user.mayTurn()) user.lookAt(afterArrow(user.target, direction, user.zoom));
  };
  const arrow = (direction: Direction, label: string) => {
    const button = round(`look-${direction}`, direction, label, () => turn(direction));
    let timer: ReturnType<typeof setInterval> | undefined;
    const stop = () => clearInterval(timer);
    button.addEventListener('pointerdown', () => {
      stop();
      timer = setInterval(() => turn(direction), repeatMs);
    });
    for (const end of ['pointerup', 'pointercancel', 'pointerleave']) button.addEventListener(end, stop);
    signal.addEventListener('abort', stop);
    return button;
  };
  return h(
    'div',
    { class: 'pad', role: 'group', 'aria-label': 'Turn the head' },
    arrow('up', 'Look up'),
    arrow('left', 'Look left'),
    round('look-ahead', 'ahead', 'Look straight ahead', () => user.mayTurn() && user.lookAt({ pan: 0, tilt: 0 })),
    arrow('right', 'Look right'),
    arrow('down', 'Look down'),
  );
}

export function zoomButtons(user: HeadUser): HTMLElement {
  const zoom = (factor: number) => () => {
    if (user.mayZoom()) user.zoomTo(user.zoom * factor);
  };
  return h(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': 'Look closer' },
    round('zoom-in', 'plus', 'Closer', zoom(zoomStep)),
    round('zoom-out', 'minus', 'Further away', zoom(1 / zoomStep)),
  );
}
