import { Capability, MicrophoneMode, Mood } from '../gen/av1relay/v1/common_pb';
import { button, closePanel, openPanel, panel, tile } from './buttons';
import { h, setAttribute, setText } from './dom';
import { type IconName, icon } from './icons';

export interface BarUser {
  raiseHand(value: boolean): void;
  feel(mood: Mood): void;
  talk(mode: MicrophoneMode): void;
  bePassive(value: boolean): void;
  takeAMinute(value: boolean): void;
  leave(): void;
}

export interface BarState {
  readonly hand: boolean;
  readonly mood: Mood;
  readonly passive: boolean;
  readonly minute: boolean;
  readonly microphone: MicrophoneMode;
}

const moods: readonly (readonly [Mood, IconName, string, string])[] = [
  [Mood.NEUTRAL, 'face', 'Okay', 'okay'],
  [Mood.HAPPY, 'happy', 'Happy', 'happy'],
  [Mood.UNSURE, 'unsure', 'Unsure', 'unsure'],
  [Mood.SAD, 'sad', 'Sad', 'sad'],
];

/** Longer than this, and letting go of the talk button stops talking; shorter, and it stays open until the next tap. */
const holdMs = 450;

/** The bar at the bottom. What today's step does not include is not there at all. */
export class LiveBar {
  readonly element: HTMLElement;
  readonly panels: readonly HTMLDialogElement[];
  private state: BarState = { hand: false, mood: 0, passive: false, minute: false, microphone: MicrophoneMode.OFF };
  private readonly hand;
  private readonly mood;
  private readonly speak;
  private readonly whisper;
  private readonly passive;
  private readonly minute;
  private readonly moodButtons: ReadonlyMap<Mood, HTMLButtonElement>;

  constructor(private readonly user: BarUser) {
    this.hand = tile('hand', 'hand', 'Hand up', () => user.raiseHand(!this.state.hand));
    this.mood = tile('mood', 'face', 'How I feel', () => openPanel(moodPanel));
    this.speak = this.talkButton('mic', 'microphone', 'Talk', MicrophoneMode.SPEAK);
    this.whisper = this.talkButton('whisper', 'whisper', 'Whisper', MicrophoneMode.WHISPER);
    this.passive = tile('passive', 'passive', 'Just listening', () => user.bePassive(!this.state.passive));
    this.minute = tile('minute', 'minute', 'I need a minute', () => user.takeAMinute(!this.state.minute));
    const leave = tile('leave', 'leave', 'Leave', () => openPanel(leavePanel));

    this.moodButtons = new Map(
      moods.map(([mood, name, label, action]) => {
        const choose = () => {
          user.feel(mood);
          closePanel(moodPanel);
        };
        return [mood, tile(`mood-${action}`, name, label, choose)];
      }),
    );
    const moodPanel = panel(
      'mood',
      'How do you feel?',
      h('p', {}, 'Your robot shows it in class.'),
      h('div', { class: 'moods' }, ...this.moodButtons.values()),
      h(
        'div',
        { class: 'stack' },
        button('mood-close', 'Not now', () => closePanel(moodPanel)),
      ),
    );
    const goodbye = () => {
      closePanel(leavePanel);
      user.leave();
    };
    const leavePanel = panel(
      'leave',
      'Leave class?',
      h('p', {}, 'You can leave whenever you like. That is always okay.'),
      h(
        'div',
        { class: 'stack' },
        button('leave-now', 'Leave class', goodbye, 'main'),
        button('stay', 'Stay a bit longer', () => closePanel(leavePanel)),
      ),
    );
    this.panels = [moodPanel, leavePanel];
    const buttons = [this.hand, this.mood, this.speak, this.whisper, this.passive, this.minute, leave];
    this.element = h('div', { class: 'bar', role: 'toolbar', 'aria-label': 'What you can do' }, ...buttons);
  }

  show(state: BarState, capabilities: ReadonlySet<Capability>): void {
    this.state = state;
    const signs = capabilities.has(Capability.LIGHTS_AND_HAND);
    this.grant(this.hand, signs);
    this.grant(this.passive, signs);
    this.grant(this.minute, signs);
    this.grant(this.mood, capabilities.has(Capability.EXPRESSIONS));
    this.grant(this.speak, capabilities.has(Capability.SPEAK));
    this.grant(this.whisper, capabilities.has(Capability.WHISPER));

    press(this.hand, state.hand);
    press(this.passive, state.passive);
    press(this.minute, state.minute);
    press(this.speak, state.microphone === MicrophoneMode.SPEAK);
    press(this.whisper, state.microphone === MicrophoneMode.WHISPER);
    for (const [mood, choice] of this.moodButtons) setAttribute(choice, 'aria-pressed', String(mood === state.mood));
    const [, face, words] = moods.find(([mood]) => mood === state.mood) ?? moods[0] ?? [0, 'face', ''];
    const isShown = state.mood > Mood.NEUTRAL;
    const label = isShown ? words : 'How I feel';
    if (this.mood.dataset.mood !== face) {
      this.mood.dataset.mood = face;
      this.mood.querySelector('svg')?.replaceWith(icon(face as IconName));
    }
    setText(this.mood.querySelector('.tile-label') ?? this.mood, label);
    setAttribute(this.mood, 'aria-label', isShown ? `How I feel: ${words}` : 'How I feel');
  }

  /** Buttons that are not granted leave the page altogether, and come back to their place. */
  private readonly places = new Map<HTMLButtonElement, Comment>();
  private grant(element: HTMLButtonElement, isGranted: boolean): void {
    const place = this.places.get(element);
    if (isGranted && place) {
      place.replaceWith(element);
      this.places.delete(element);
    } else if (!isGranted && !place) {
      const hole = document.createComment('');
      element.replaceWith(hole);
      this.places.set(element, hole);
    }
  }

  /** A tap opens or closes the microphone; holding the button talks for as long as it is held. */
  private talkButton(action: string, name: IconName, label: string, mode: MicrophoneMode): HTMLButtonElement {
    let downAt: number | null = null;
    let isDone = false; // the pointer has done it already; the click that follows must not undo it
    const isOn = () => this.state.microphone === mode;
    const element = tile(action, name, label, () => {
      if (!isDone) this.user.talk(isOn() ? MicrophoneMode.OFF : mode);
      isDone = false;
    });
    element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      isDone = false;
      downAt = null;
      if (isOn()) return;
      element.setPointerCapture(event.pointerId);
      downAt = event.timeStamp;
      isDone = true;
      this.user.talk(mode);
    });
    const letGo = (event: PointerEvent) => {
      if (downAt !== null && event.timeStamp - downAt > holdMs) this.user.talk(MicrophoneMode.OFF);
      downAt = null;
    };
    element.addEventListener('pointerup', letGo);
    element.addEventListener('pointercancel', (event) => {
      letGo(event);
      isDone = false; // no click follows
    });
    return element;
  }
}

/** The label stays the same: "Talk, pressed" is clear to everybody, "Stop talking, pressed" is not. */
function press(element: HTMLButtonElement, isPressed: boolean): void {
  setAttribute(element, 'aria-pressed', String(isPressed));
}
