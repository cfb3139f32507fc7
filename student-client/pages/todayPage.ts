import { Capability } from '../gen/av1relay/v1/common_pb';
import { Microphone } from '../media/microphone';
import { chime, type Loudness, LoudnessMeter, listen } from '../media/soundCheck';
import { type Ahead, capabilitiesFrom, type Refused } from '../signalling/joining';
import { button } from './buttons';
import { h, setText } from './dom';
import { type IconName, icon } from './icons';
import { refusedWords, waitingWords } from './joinWords';
import { microphoneWords } from './microphonePanel';
import { ratingScale } from './ratingScale';

const can: readonly (readonly [Capability, IconName, string])[] = [
  [Capability.SEE, 'eye', 'See your classroom'],
  [Capability.HEAR, 'ear', 'Hear your class'],
  [Capability.LOOK_AROUND, 'turn', 'Look around'],
  [Capability.ZOOM, 'zoom', 'Look closer, at the board for example'],
  [Capability.LIGHTS_AND_HAND, 'hand', 'Put your hand up'],
  [Capability.EXPRESSIONS, 'happy', 'Show how you feel'],
  [Capability.WHISPER, 'whisper', 'Whisper to your buddy'],
  [Capability.SPEAK, 'microphone', 'Talk to your class'],
];

const loudnessWords: Readonly<Record<Loudness, string>> = {
  clear: 'Clear. We hear you well.',
  quiet: 'Quiet. Come a little closer, or speak up a bit.',
  lost: 'Lost. We can’t hear you yet. Say something, or check that nothing covers the microphone.',
};

/** What leads on from the page. */
export interface Door {
  /** Comes in, or waits until it can; resolves with what stands in the way for good, null when the page is left. */
  readonly comeIn: (onWaiting: (why: Refused) => void) => Promise<Refused | null>;
  readonly notToday: () => void;
  readonly newCode: () => void;
}

/** Today's small step, what the robot can do, and an optional sound check. Nothing is live on this page, and nobody waits for the pupil by it. */
export class TodayPage {
  readonly element: HTMLElement;
  private readonly words = h('p', { class: 'problem', role: 'status', 'data-problem': '' });
  private readonly join = button('join', 'Join my class', () => void this.comeIn(), 'main');
  private readonly newCode: HTMLButtonElement;
  private isComing = false;
  private feels: number | null = null;

  constructor(
    ahead: Ahead,
    private readonly door: Door,
    signal: AbortSignal,
  ) {
    const { today } = ahead;
    const capabilities = capabilitiesFrom(ahead.capabilities);
    const mayTalk = capabilities.has(Capability.SPEAK) || capabilities.has(Capability.WHISPER);
    this.newCode = button('new-code', 'Type a new code', door.newCode);
    this.newCode.hidden = true;
    this.element = h(
      'section',
      { class: 'sheet', 'aria-labelledby': 'title' },
      h('h1', { id: 'title', tabindex: -1 }, 'Today'),
      this.words,
      today &&
        h(
          'div',
          { class: 'step' },
          h('p', { class: 'small' }, today.lesson ? `Your step today, in ${today.lesson}` : 'Your step today'),
          h('p', { class: 'lead', 'data-part': 'step' }, today.step),
          ahead.beginsAt !== '' && h('p', { 'data-part': 'begins' }, `It begins at ${ahead.beginsAt}.`),
          today.whoIsThere !== '' && h('p', {}, `Who is there: ${today.whoIsThere}`),
        ),
      ...whatTheRobotCan(capabilities, today ? '' : 'lead'),
      h(
        'p',
        { class: 'calm' },
        icon('eye'),
        h('span', {}, `Nobody can see you. ${mayTalk ? 'Nobody hears you until you press a talk button.' : 'Nobody can hear you.'}`),
      ),
      h('div', { class: 'stack' }, this.join, this.newCode, button('not-today', 'Not today', door.notToday)),
      today && howItFeels((rating) => (this.feels = rating)),
      soundCheck(mayTalk, signal),
    );
  }

  /** How hard it feels now, 0–10; null: skipped. */
  get before(): number | null {
    return this.feels;
  }

  /** The pupil has said that they want to come in. */
  async comeIn(): Promise<void> {
    if (this.isComing) return;
    this.say('Opening the door …', '', null);
    this.newCode.hidden = true;
    const refused = await this.door.comeIn((why) => this.say('Waiting for your class …', waitingWords(why), why));
    if (refused === null) return; // the page is left
    this.say('Join my class', refusedWords(refused), refused);
    this.newCode.hidden = refused.why !== 'stale' && refused.why !== 'unknown';
  }

  private say(label: string, words: string, why: Refused | null): void {
    this.isComing = label !== 'Join my class';
    // Not disabled: that would take the focus from under who uses a keyboard or a switch.
    this.join.setAttribute('aria-disabled', String(this.isComing));
    setText(this.join, label);
    setText(this.words, words);
    this.words.toggleAttribute('data-shown', words !== '');
    if (words !== '') this.words.scrollIntoView({ block: 'nearest' });
    this.words.dataset.problem = why?.why ?? '';
    this.element.toggleAttribute('data-waiting', this.isComing && why !== null);
  }
}

function whatTheRobotCan(capabilities: ReadonlySet<Capability>, look: string): HTMLElement[] {
  const granted = can.filter(([capability]) => capabilities.has(capability));
  if (granted.length === 0)
    return [h('p', { class: look, 'data-part': 'can' }, 'Today is for being there. Your robot has its place in your class.')];
  return [
    h('p', { class: look, 'data-part': 'can' }, 'With your robot you can:'),
    h('ul', { class: 'can', role: 'list' }, ...granted.map(([, name, words]) => h('li', {}, icon(name), h('span', {}, words)))),
  ];
}

function howItFeels(onChange: (rating: number | null) => void): HTMLElement {
  return h(
    'details',
    { class: 'check feels' },
    h('summary', { 'data-action': 'how-it-feels' }, 'How hard does it feel?'),
    h('div', { class: 'stack' }, ratingScale('feels', 'How hard does it feel', onChange)),
    h(
      'p',
      { class: 'small' },
      '0 is easy, 10 is very hard. You can skip this. It is yours: at the end you see it, and you choose who else does.',
    ),
  );
}

function soundCheck(mayTalk: boolean, signal: AbortSignal): HTMLElement {
  const words = h('p', { class: 'result', role: 'status', 'data-loudness': '' });
  const level = h('meter', { class: 'level', min: -80, max: -10, value: -80, 'aria-label': 'How loud you are', hidden: true });
  const microphone = new Microphone(() => undefined);
  let listening = new AbortController();
  const stop = () => {
    listening.abort();
    microphone.release();
  };
  signal.addEventListener('abort', stop);

  const play = button('chime', 'Play a chime', () => {
    setText(words, 'Can you hear it? If not, turn the sound up on your device.');
    void chime();
  });
  const speak = button('try-microphone', 'Try my microphone', async () => {
    stop(); // another one may have been plugged in since
    listening = new AbortController();
    const { signal: heard } = listening;
    const problem = await microphone.ask();
    const track = microphone.current;
    if (problem || !track) {
      const { headline, detail } = microphoneWords(problem ?? 'missing');
      words.dataset.loudness = problem ?? 'missing';
      return setText(words, `${headline}. ${detail}`);
    }
    if (signal.aborted) return microphone.release();
    if (heard.aborted) return;
    microphone.open(true);
    setText(speak, 'Try again');
    level.hidden = false;
    const meter = new LoudnessMeter();
    setText(words, 'Say something, for example your favourite food.');
    words.scrollIntoView({ block: 'end' });
    listen(
      track,
      (dBFS, now) => {
        level.value = dBFS;
        const loudness = meter.on(dBFS, now);
        words.dataset.loudness = loudness;
        setText(words, loudnessWords[loudness]);
      },
      heard,
    );
  });
  return h(
    'details',
    { class: 'check' },
    h('summary', { 'data-action': 'sound-check' }, 'Check my sound first'),
    h('div', { class: 'stack' }, play, mayTalk && speak, level, words),
    h('p', { class: 'small' }, 'Nothing is recorded. You can skip this.'),
  );
}
