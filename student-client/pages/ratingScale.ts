import { toggle } from './buttons';
import { h } from './dom';

const ratings = 11; // 0 to 10

/** 0 to 10 in one tap. Nothing is chosen at first, and tapped again a number is taken back. */
export function ratingScale(action: string, label: string, onChange: (rating: number | null) => void): HTMLElement {
  const numbers = Array.from({ length: ratings }, (_, rating) =>
    toggle(`${action}-${rating}`, String(rating), (isChosen) => {
      for (const [other, element] of numbers.entries()) if (other !== rating) element.setAttribute('aria-pressed', 'false');
      onChange(isChosen ? rating : null);
    }),
  );
  return h('div', { class: 'numbers', role: 'group', 'aria-label': `${label}, from 0 to 10` }, ...numbers);
}
