import type { Seat } from '../signalling/joining';
import { keepLookBack, type LookBack, type OwnNumbers } from '../signalling/lookingBack';
import { button, toggle } from './buttons';
import { h, setText } from './dom';
import { ratingScale } from './ratingScale';

const longestLine = 200;

/**
 * How it was, if the pupil likes to say: a number and a line. First they see their own numbers, then they choose what adults see; without a
 * choice adults see nothing.
 */
export function lookBackForm(seat: Seat, keep: typeof keepLookBack = keepLookBack): HTMLElement {
  let said: LookBack = { rating: null, line: '', shares: null };
  const form = h('section', { class: 'look-back', 'aria-labelledby': 'how-was-it', 'data-part': 'look-back' });
  const words = h('p', { class: 'result', role: 'status', 'data-part': 'look-back-words' });

  const scale = ratingScale('rate', 'How hard was it', (rating) => {
    said = { ...said, rating };
    setText(words, '');
  });
  const line = h('input', { id: 'line', type: 'text', maxlength: longestLine, autocomplete: 'off', 'data-field': 'line' });
  line.addEventListener('input', () => setText(words, ''));
  const keepIt = button('keep-look-back', 'Keep it', async () => {
    said = { ...said, line: line.value.trim() };
    if (said.rating === null && said.line === '') return setText(words, 'Tap a number or write a line. Or just close this page.');
    keepIt.disabled = true;
    const own = await keep(seat, said);
    keepIt.disabled = false;
    if (own === null) return setText(words, 'We couldn’t keep it just now. Try again, or leave it. Both are fine.');
    form.replaceChildren(...sharing(own));
    form.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    form.dataset.step = 'sharing';
  });

  function sharing({ curve, before }: OwnNumbers): HTMLElement[] {
    const numbers = [before === null ? '' : `${before} before`, said.rating === null ? '' : `${said.rating} afterwards`]
      .filter(Boolean)
      .join(', ');
    const show = { rating: false, line: false };
    const done = button('share', 'That is my choice', async () => {
      done.disabled = true;
      const kept = await keep(seat, { ...said, shares: { ...show } });
      done.disabled = false;
      if (kept === null) return setText(words, 'We couldn’t keep your choice just now. Nobody sees anything. Try again, or leave it.');
      setText(words, show.rating || show.line ? 'Done. The adults of your plan can see what you chose.' : 'Done. It stays yours alone.');
      form.dataset.step = 'done';
    });
    setText(words, '');
    return [
      h('h2', { id: 'how-was-it', tabindex: -1 }, 'Kept. It is yours'),
      ...(before === null ? [] : [h('p', { 'data-part': 'before' }, `Before you came in, you tapped ${before}.`)]),
      ...(curve.length > 1 ? [h('p', { 'data-part': 'curve' }, `Your numbers at this step, today’s last: ${curve.join(', ')}.`)] : []),
      h(
        'p',
        {},
        'Nobody at school sees it, unless you say so here. The adults of your plan are your key adult and those who help with it at school.',
      ),
      ...(numbers === ''
        ? []
        : [
            toggle(
              'share-rating',
              `Show my ${before !== null && said.rating !== null ? 'numbers' : 'number'} (${before === null ? said.rating : numbers}) to the adults of my plan`,
              (isChosen) => (show.rating = isChosen),
            ),
          ]),
      ...(said.line === '' ? [] : [toggle('share-line', 'Show my line to the adults of my plan', (isChosen) => (show.line = isChosen))]),
      done,
      words,
    ];
  }

  form.append(
    h('h2', { id: 'how-was-it' }, 'How hard was it?'),
    h('p', { class: 'small' }, 'Only if you like. 0 is easy, 10 is very hard. You see it first, and you choose who else does.'),
    scale,
    h('div', { class: 'field' }, h('label', { for: 'line' }, 'One line, if you like'), line),
    keepIt,
    words,
  );
  return form;
}
