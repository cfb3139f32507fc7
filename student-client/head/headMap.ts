import { setAttribute, svg } from '../pages/dom';
import { lensDegrees, onMap, type Pose, poseWords, type Range } from './geometry';

const [width, height, margin] = [150, 64, 10];

/** A small picture of how far the head goes, where it really is (filled), and where it is asked to go (ring). */
export function headMap(): { element: SVGSVGElement; show(pose: Pose | null, target: Pose, zoom: number, range: Range): void } {
  const view = svg('rect', { class: 'map-view', rx: 6 });
  const target = svg('circle', { class: 'map-target', r: 7 });
  const here = svg('circle', { class: 'map-here', r: 5 });
  const ahead = svg('line', { class: 'map-ahead' });
  const element = svg(
    'svg',
    { class: 'head-map', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'Looking straight ahead', 'data-head': '' },
    svg('rect', { class: 'map-room', x: 1, y: 1, width: width - 2, height: height - 2, rx: 12 }),
    ahead,
    view,
    target,
    here,
  );
  const place = (pose: Pose, range: Range) => {
    const { x, y } = onMap(pose, range);
    return { x: margin + x * (width - 2 * margin), y: margin + y * (height - 2 * margin) };
  };
  return {
    element,
    show(pose, wanted, zoom, range) {
      const middle = place({ pan: 0, tilt: 0 }, range);
      line(ahead, middle.x, 4, height - 4);
      const goal = place(wanted, range);
      centre(target, goal);
      const at = place(pose ?? { pan: 0, tilt: 0 }, range);
      centre(here, at);
      const seen = (lensDegrees / Math.max(zoom, 1) / Math.max(range.maxPan - range.minPan, 1)) * (width - 2 * margin);
      const seenHeight = Math.min(seen * 0.56 * 2, height - 6);
      setAttribute(view, 'x', (at.x - seen / 2).toFixed(1));
      setAttribute(view, 'y', Math.min(Math.max(at.y - seenHeight / 2, 3), height - 3 - seenHeight).toFixed(1));
      setAttribute(view, 'width', seen.toFixed(1));
      setAttribute(view, 'height', seenHeight.toFixed(1));
      if (pose) {
        setAttribute(element, 'data-pan', pose.pan.toFixed(1));
        setAttribute(element, 'data-tilt', pose.tilt.toFixed(1));
        setAttribute(element, 'aria-label', poseWords(pose, range));
      }
    },
  };
}

function centre(circle: SVGCircleElement, at: { x: number; y: number }): void {
  setAttribute(circle, 'cx', at.x.toFixed(1));
  setAttribute(circle, 'cy', at.y.toFixed(1));
}

function line(element: SVGLineElement, x: number, from: number, to: number): void {
  for (const [name, value] of Object.entries({ x1: x, x2: x, y1: from, y2: to })) setAttribute(element, name, value.toFixed(1));
}
