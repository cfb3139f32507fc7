import type { Refused } from '../signalling/joining';

/** What stands in the way, kindly, and what to do: in the school's own words where it has said some. */
export function refusedWords({ why, words }: Refused): string {
  if (words !== '') return words;
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

/** To who waits already: nothing to do, and nothing that counts down. */
export function waitingWords(refused: Refused): string {
  const why =
    refused.why === 'unreachable'
      ? 'We can’t reach your school just now.'
      : refused.why === 'tooMany'
        ? 'Many people are joining just now.'
        : refusedWords(refused);
  return `${why} This page takes you to class by itself. You don’t need to do anything.`;
}
