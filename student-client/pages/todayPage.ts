import { Capability } from '../gen/av1relay/v1/common_pb';
import { Microphone } from '../media/microphone';
import { chime, type Loudness, LoudnessMeter, listen } from '../media/soundCheck';
import type { Today } from '../signalling/joining';
import { button } from './buttons';
import { h, setText } from './dom';
import { type IconName, icon } from './icons';
import { microphoneWords } from './microphonePanel';

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

/** Today's small step, what the robot can do, and an optional sound check. Nothing is live on this page. */
export function todayPage(
  today: Today | null,
  capabilities: ReadonlySet<Capability>,
  onJoin: () => void,
  signal: AbortSignal,
): HTMLElement {
  const mayTalk = capabilities.has(Capability.SPEAK) || capabilities.has(Capability.WHISPER);
  const granted = can.filter(([capability]) => capabilities.has(capability));
  return h(
    'section',
    { class: 'sheet', 'aria-labelledby': 'title' },
    h('h1', { id: 'title', tabindex: -1 }, 'Today'),
    today &&
      h(
        'div',
        { class: 'step' },
        h('p', { class: 'small' }, today.lesson ? `Your step today, in ${today.lesson}` : 'Your step today'),
        h('p', { class: 'lead', 'data-part': 'step' }, today.step),
        today.whoIsThere !== '' && h('p', {}, `Who is there: ${today.whoIsThere}`),
      ),
    h('p', { class: today ? '' : 'lead' }, 'With your robot you can:'),
    h('ul', { class: 'can', role: 'list' }, ...granted.map(([, name, words]) => h('li', {}, icon(name), h('span', {}, words)))),
    h(
      'p',
      { class: 'calm' },
      icon('eye'),
      h('span', {}, `Nobody can see you. ${mayTalk ? 'Nobody hears you until you press a talk button.' : 'Nobody can hear you.'}`),
    ),
    h('div', { class: 'stack' }, button('join', 'Join my class', onJoin, 'main')),
    soundCheck(mayTalk, signal),
  );
}

function soundCheck(mayTalk: boolean, signal: AbortSignal): HTMLElement {
  const words = h('p', { class: 'result', role: 'status', 'data-loudness': '' });
  const level = h('meter', { class: 'level', min: -80, max: -10, value: -80, 'aria-label': 'How loud you are', hidden: true });
  const microphone = new Microphone(() => undefined);
  signal.addEventListener('abort', () => microphone.release());

  const play = button('chime', 'Play a chime', () => {
    setText(words, 'Can you hear it? If not, turn the sound up on your device.');
    void chime();
  });
  const speak = button('try-microphone', 'Try my microphone', async () => {
    const problem = await microphone.ask();
    const track = microphone.current;
    if (problem || !track) {
      const { headline, detail } = microphoneWords(problem ?? 'missing');
      words.dataset.loudness = problem ?? 'missing';
      return setText(words, `${headline}. ${detail}`);
    }
    if (signal.aborted) return microphone.release();
    microphone.open(true);
    speak.disabled = true;
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
      signal,
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
