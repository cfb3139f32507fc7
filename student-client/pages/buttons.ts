import { h } from './dom';
import { type IconName, icon } from './icons';

/** @param action What tests and styles know it by: `data-action`. */
export function button(action: string, label: string, onClick: () => void, look = 'plain'): HTMLButtonElement {
  return h('button', { type: 'button', class: `button ${look}`, 'data-action': action, onclick: onClick }, label);
}

/** A button that stays down; pressed again it comes up. */
export function toggle(action: string, label: string, onChange: (isChosen: boolean) => void): HTMLButtonElement {
  const element = button(action, label, () => {
    const isChosen = element.getAttribute('aria-pressed') !== 'true';
    element.setAttribute('aria-pressed', String(isChosen));
    onChange(isChosen);
  });
  element.setAttribute('aria-pressed', 'false');
  return element;
}

/** A drawing with a short word under it. */
export function tile(action: string, name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  return h(
    'button',
    { type: 'button', class: 'tile', 'data-action': action, onclick: onClick },
    icon(name),
    h('span', { class: 'tile-label' }, label),
  );
}

/** A drawing alone; the label is for those who do not see it. */
export function round(action: string, name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  return h('button', { type: 'button', class: 'round', 'data-action': action, 'aria-label': label, onclick: onClick }, icon(name));
}

/** A modal panel; Escape and the browser's back gesture close it, and focus returns by itself. */
export function panel(name: string, headline: string, ...children: (Node | string | null)[]): HTMLDialogElement {
  const id = `panel-${name}`;
  return h('dialog', { class: 'panel', 'data-panel': name, 'aria-labelledby': id }, h('h2', { id }, headline), ...children);
}

export function openPanel(dialog: HTMLDialogElement): void {
  if (dialog.open) return;
  if (typeof dialog.showModal === 'function') dialog.showModal();
  else dialog.setAttribute('open', '');
}

export function closePanel(dialog: HTMLDialogElement): void {
  if (typeof dialog.close === 'function') dialog.close();
  else dialog.removeAttribute('open');
}
