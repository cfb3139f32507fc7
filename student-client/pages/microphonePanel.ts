import type { MicrophoneProblem } from '../media/microphone';
import { button, closePanel, panel } from './buttons';
import { h, setText } from './dom';

export function microphoneWords(problem: MicrophoneProblem): { readonly headline: string; readonly detail: string } {
  switch (problem) {
    case 'refused':
      return {
        headline: 'Your microphone is switched off for this page',
        detail: 'To talk, tap the sign beside the address at the top, allow the microphone, and try again. Listening works without it.',
      };
    case 'missing':
      return {
        headline: 'We can’t find a microphone',
        detail: 'Perhaps another app is using it, or a headset came loose. Listening works without it.',
      };
    case 'insecure':
      return {
        headline: 'Your microphone can’t be used on this page',
        detail: 'The address must begin with https for that. Ask an adult to help you. Listening works without it.',
      };
  }
}

/** Says what happened to the microphone and offers to go on; listening never depends on it. */
export function microphonePanel(onAgain: () => void): { element: HTMLDialogElement; show(problem: MicrophoneProblem): void } {
  const detail = h('p', {});
  const again = button('microphone-again', 'Try again', () => {
    closePanel(element);
    onAgain();
  });
  const on = button('listen-on', 'Go on listening', () => closePanel(element), 'main');
  const element = panel('microphone', '', detail, h('div', { class: 'stack' }, on, again));
  const headline = element.querySelector('h2');
  return {
    element,
    show(problem) {
      const words = microphoneWords(problem);
      if (headline) setText(headline, words.headline);
      setText(detail, words.detail);
      element.dataset.trouble = problem;
      if (!element.open) element.showModal();
    },
  };
}
