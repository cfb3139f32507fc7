import { Preset } from '../gen/av1relay/v1/common_pb';
import { tile } from '../pages/buttons';
import { h, setAttribute, setHidden, setText } from '../pages/dom';
import { type Place, type PlaceMode, placeName, placeWords, presets } from './places';

export interface PlaceUser {
  mayTurn(): boolean;
  lookAtPreset(preset: Place): void;
  /** The head looks at it now. */
  showPlace(preset: Place): void;
  forgetPlaces(): void;
}

/** Where to look with one tap, and how the robot learns where that is in this room. */
export interface PlaceButtons {
  readonly element: HTMLElement;
  /** @param known What somebody has shown the robot here. */
  show(known: ReadonlySet<Preset>): void;
}

const icons = { [Preset.BOARD]: 'board', [Preset.TEACHER]: 'teacher', [Preset.BUDDY]: 'buddy' } as const;

export function placeButtons(user: PlaceUser, gently: HTMLButtonElement): PlaceButtons {
  let mode: PlaceMode = 'looking';
  let known: ReadonlySet<Preset> = new Set();

  const enter = (next: PlaceMode) => {
    mode = next;
    draw();
  };
  const tiles = presets.map((preset) => {
    const element = tile(`preset-${icons[preset]}`, icons[preset], placeName(preset), () => {
      if (!user.mayTurn()) return;
      if (mode === 'looking') {
        user.lookAtPreset(preset);
        return;
      }
      user.showPlace(preset);
      enter('looking');
      showing.focus(); // the button that was pressed may be another's place now
    });
    return { preset, element };
  });
  const question = h('p', { class: 'presets-question', id: 'presets-question' });
  const showing = tile('show-place', 'pin', '', () => {
    if (user.mayTurn() || mode === 'showing') enter(mode === 'looking' ? 'showing' : 'looking');
  });
  const label = showing.querySelector<HTMLElement>('.tile-label');
  const moved = tile('robot-moved', 'turn', 'Robot was moved', () => {
    if (!user.mayTurn()) return;
    user.forgetPlaces();
    enter('looking');
    showing.focus();
  });
  const element = h('div', { class: 'presets', role: 'group' }, question, ...tiles.map((each) => each.element), moved, showing, gently);

  const draw = () => {
    const words = placeWords(mode, known);
    setAttribute(element, 'aria-label', words.group);
    setText(question, words.question);
    setHidden(question, words.question === '');
    for (const { preset, element: each } of tiles) setHidden(each, !words.offered.has(preset));
    setHidden(moved, !words.mayForget);
    setHidden(gently, mode === 'showing');
    if (label) setText(label, words.teach);
    setAttribute(element, 'data-mode', mode);
  };
  draw();
  return {
    element,
    show: (now) => {
      known = now;
      draw();
    },
  };
}
