import { tidyCode } from '../signalling/joinCode';
import type { JoinOutcome } from '../signalling/joining';
import { button } from './buttons';
import { h, setText } from './dom';
import { icon } from './icons';

type Why = Extract<JoinOutcome, { kind: 'refused' }>['why'];

/** What went wrong with the code, kindly, and what to do. */
export function whyWords(why: Why): string {
  switch (why) {
    case 'unknown':
      return 'We don’t know this code, or it is too early for it. It works from 15 minutes before your lesson. Look at it again, one letter at a time.';
    case 'stale':
      return 'This code has been used, or has waited too long. Ask your key adult for a new one.';
    case 'tooMany':
      return 'Let’s take a short break. Wait a minute, then try again.';
    case 'notNow':
      return 'The door isn’t open just now. Try again in a moment, or ask your key adult.';
    case 'unreachable':
      return 'We can’t reach your school just now. Check that the wifi is on, then try again.';
  }
}

/**
 * The first page. With a link there is nothing to type; the code is used only after the pupil's tap.
 *
 * @param onJoin Resolves with what to say when it did not work.
 */
export function joinPage(codeInLink: string | null, onJoin: (code: string, next: 'live' | 'today') => Promise<Why | null>): HTMLElement {
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

  const say = (why: Why | 'empty' | null) => {
    problem.toggleAttribute('data-shown', why !== null);
    setText(problem, why === null ? '' : why === 'empty' ? 'Type the words and the number that your key adult gave you.' : whyWords(why));
    problem.dataset.problem = why ?? '';
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
    const why = await onJoin(code, next);
    busy(false);
    if (why) say(why);
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
