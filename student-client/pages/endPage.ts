import { canRetry, type OverReason } from '../signalling/connection';
import type { Seat } from '../signalling/joining';
import { button } from './buttons';
import { h } from './dom';
import { overWords } from './liveWords';
import { lookBackForm } from './lookBackForm';

/** A quiet end, or what stood in the way and what to do about it. */
export function endPage(seat: Seat, over: OverReason, reason: string, onAgain: () => void, onNewCode: () => void): HTMLElement {
  const { headline, detail } = overWords(over, reason);
  const isQuietEnd = over === 'left' || over === 'ended';
  return h(
    'section',
    { class: 'sheet', 'aria-labelledby': 'title' },
    h('h1', { id: 'title', tabindex: -1 }, headline),
    h('p', { class: 'lead' }, detail),
    isQuietEnd && seat.today !== null && lookBackForm(seat),
    isQuietEnd && h('p', { class: 'calm' }, 'No pictures and no sound stay on your device. It only remembers that it is yours.'),
    h(
      'div',
      { class: 'stack' },
      canRetry(over) && button('again', 'Try again', onAgain, 'main'),
      button('new-code', 'Type a new code', onNewCode),
    ),
  );
}

/** The pupil has looked, and would rather not: as good an end as any other. */
export function notTodayPage(onAgain: () => void): HTMLElement {
  return h(
    'section',
    { class: 'sheet', 'aria-labelledby': 'title' },
    h('h1', { id: 'title', tabindex: -1 }, 'Not today'),
    h('p', { class: 'lead' }, 'That is okay. You looked, and that counts. You can close this page now.'),
    h('p', { class: 'calm' }, 'You don’t have to say why. If you like, tell your key adult, so that they know.'),
    h('div', { class: 'stack' }, button('again', 'I have changed my mind', onAgain)),
  );
}
