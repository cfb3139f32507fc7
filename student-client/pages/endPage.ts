import { canRetry, type OverReason } from '../signalling/connection';
import { button } from './buttons';
import { h } from './dom';
import { overWords } from './liveWords';

/** A quiet end, or what stood in the way and what to do about it. */
export function endPage(over: OverReason, reason: string, onAgain: () => void, onNewCode: () => void): HTMLElement {
  const { headline, detail } = overWords(over, reason);
  const isQuietEnd = over === 'left' || over === 'ended';
  return h(
    'section',
    { class: 'sheet', 'aria-labelledby': 'title' },
    h('h1', { id: 'title', tabindex: -1 }, headline),
    h('p', { class: 'lead' }, detail),
    isQuietEnd && h('p', { class: 'calm' }, 'Nothing of this visit stays on your device.'),
    h(
      'div',
      { class: 'stack' },
      canRetry(over) && button('again', 'Try again', onAgain, 'main'),
      !isQuietEnd && button('new-code', 'Type a new code', onNewCode),
    ),
  );
}
