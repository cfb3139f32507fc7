import { tidyCode } from '../signalling/joinCode';
import type { Refused } from '../signalling/joining';
import { button } from './buttons';
import { h, setText } from './dom';
import { icon } from './icons';
import { refusedWords } from './joinWords';

/**
 * The first page. With a link there is nothing to type; the code is used only after the pupil's tap on *Join my class*.
 *
 * @param onJoin Resolves with what to say when it did not work.
 */
export function joinPage(
  codeInLink: string | null,
  onJoin: (code: string, next: 'live' | 'today') => Promise<Refused | null>,
): HTMLElement {
  const problem = h('p', { class: 'problem', role: 'status', 'data-problem': '' });
  const input = h('input', {
    id: 'words',
    name: 'words',
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'none',
    autocorrect: 'off',
    spellcheck: 'false',
    enterkeyhint: 'go',
    maxlength: 300,
    'data-field': 'code',
  });
  const field = h('div', { class: 'field' }, h('label', { for: 'words' }, 'Your words and number'), input);
  const goLive = h('button', { type: 'submit', class: 'button main', 'data-action': 'join' }, 'Join my class');
  const lookFirst = button('look-first', 'Look at today first', () => void go('today'));

  const say = (refused: Refused | 'empty' | null) => {
    const why = refused === 'empty' ? refused : (refused?.why ?? '');
    problem.toggleAttribute('data-shown', refused !== null);
    setText(
      problem,
      refused === null ? '' : refused === 'empty' ? 'Type the words and the number that your key adult gave you.' : refusedWords(refused),
    );
    problem.dataset.problem = why;
    // Another try needs another code, except where waiting helps.
    if (why === 'unknown' || why === 'stale' || why === 'empty') {
      field.hidden = false;
      input.focus();
    }
  };
  const busy = (isBusy: boolean) => {
    form.setAttribute('aria-busy', String(isBusy));
    goLive.disabled = lookFirst.disabled = isBusy;
    setText(goLive, isBusy ? 'Opening the door …' : 'Join my class');
  };
  const go = async (next: 'live' | 'today') => {
    const code = field.hidden ? codeInLink : tidyCode(input.value);
    if (!code) return say('empty');
    say(null);
    busy(true);
    const refused = await onJoin(code, next);
    busy(false);
    if (refused) say(refused);
  };

  const form = h('form', { class: 'stack', novalidate: true }, field, problem, goLive, lookFirst);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void go('live');
  });
  field.hidden = codeInLink !== null;

  return h(
    'section',
    { class: 'sheet', 'aria-labelledby': 'title' },
    h('h1', { id: 'title', tabindex: -1 }, 'Hello'),
    h(
      'p',
      { class: 'lead' },
      codeInLink === null ? 'Type your words and number, and your robot takes you to class.' : 'Your robot can take you to class.',
    ),
    form,
    h('p', { class: 'calm' }, icon('eye'), h('span', {}, 'Nobody can see you. You can leave whenever you like.')),
  );
}
