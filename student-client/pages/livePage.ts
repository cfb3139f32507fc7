import { Capability, MicrophoneMode } from '../gen/av1relay/v1/common_pb';
import { LightHint } from '../gen/av1relay/v1/robot_link_pb';
import { gentleTurns } from '../head/gentleTurns';
import type { HeadUser } from '../head/gestures';
import { gestures } from '../head/gestures';
import { headMap } from '../head/headMap';
import { headPad, zoomButtons } from '../head/headPad';
import { placeButtons } from '../head/placeButtons';
import { lostPlacesWords, placeName } from '../head/places';
import { delayWords, SteadyWords } from '../media/delay';
import { WakeLock } from '../media/wakeLock';
import type { Slot } from '../signalling/commandQueue';
import type { OverReason } from '../signalling/connection';
import type { Seat } from '../signalling/joining';
import { type LiveFacts, LiveSession } from '../signalling/liveSession';
import { button, tile } from './buttons';
import { h, setAttribute, setHidden, setText } from './dom';
import { heardWords } from './heardWords';
import { icon } from './icons';
import { LiveBar } from './liveBar';
import { LivePicture } from './livePicture';
import { type LiveWords, lightWords, liveWords } from './liveWords';
import { microphonePanel } from './microphonePanel';

const toastMs = 6_000;
const nearEndMs = 5 * 60_000;

export interface LivePageEvents {
  onOver(over: OverReason, reason: string): void;
}

/** The classroom. Draws what the session knows; every draw is complete, so no state can be missed. */
export class LivePage {
  readonly element: HTMLElement;
  private readonly session: LiveSession;
  private readonly picture: LivePicture;
  private readonly bar: LiveBar;
  private readonly map = headMap();
  private readonly stop = new AbortController();
  private readonly wakeLock = new WakeLock();
  private readonly delay = new SteadyWords(3_000);
  private readonly gently = tile('gently', 'turn', 'Turn gently', () => this.turnGently(!this.session.shown().gentle));
  private readonly pad;
  private readonly zoom;
  private readonly places;
  private readonly mapBox;
  private readonly status = h('p', { class: 'pill', 'data-part': 'delay' });
  private readonly heard = h('span', {});
  private readonly also = h('p', { class: 'pill', 'data-part': 'observers', role: 'status' });
  private readonly headline = h('strong', {});
  private readonly detail = h('span', {});
  private readonly notice = h('div', { class: 'notice', role: 'status', 'aria-live': 'polite' }, this.headline, this.detail);
  private readonly toast = h('p', { class: 'toast', role: 'status', 'aria-live': 'polite' });
  private readonly hear = button('hear', 'Tap to hear your class', () => void this.picture.unmute(), 'main hear');
  private readonly trouble;
  private toastTimer: ReturnType<typeof setTimeout> | undefined;
  private knownPlaces: LiveSession['places'] = null;
  private wasHandSeen: boolean | undefined; // unknown until the robot has said so: what was seen before is no news
  private lightTold = LightHint.UNSPECIFIED; // said once, when it comes
  private wantedMode = MicrophoneMode.OFF;
  private isPaceTold = !gentleTurns.isLiked; // the robot has forgotten since last time
  private words: LiveWords;
  private isOver = false;

  constructor(
    seat: Seat,
    private readonly events: LivePageEvents,
  ) {
    this.session = new LiveSession(seat, {
      onMedia: (stream) => this.picture.show(stream),
      onChange: () => this.draw(),
      onNotDone: (slot, words) => this.say(notDoneWords(slot, words)),
    });
    this.picture = new LivePicture(this.session.delay, (isMuted) => setHidden(this.hear, !isMuted));
    this.hear.hidden = true;
    this.trouble = microphonePanel(() => void this.talk(this.wantedMode));
    this.bar = new LiveBar({
      raiseHand: (value) => this.session.raiseHand(value),
      feel: (mood) => this.session.feel(mood),
      talk: (mode) => void this.talk(mode),
      bePassive: (value) => this.session.bePassive(value),
      takeAMinute: (value) => this.session.takeAMinute(value),
      leave: () => this.session.leave(),
    });

    const user = this.headUser();
    this.pad = headPad(user, this.stop.signal);
    this.zoom = zoomButtons(user);
    this.places = placeButtons(
      {
        mayTurn: () => user.mayTurn(),
        lookAtPreset: (preset) => this.session.lookAtPreset(preset),
        showPlace: (preset) => this.session.showPlace(preset) && this.say(`The robot will find it again with “${placeName(preset)}”.`),
        forgetPlaces: () => this.session.forgetPlaces(),
      },
      this.gently,
    );
    this.mapBox = h('div', { class: 'map-box' }, this.map.element);
    const stage = h('div', { class: 'stage' }, this.picture.element);
    this.element = h(
      'section',
      { class: 'live', 'aria-label': 'Your class' },
      h('h1', { id: 'title', class: 'unseen', tabindex: -1 }, 'Your class'),
      stage,
      h('div', { class: 'top' }, this.status, h('p', { class: 'pill', 'data-part': 'privacy' }, icon('eye'), this.heard), this.also),
      h('div', { class: 'middle' }, this.notice, this.hear, this.toast),
      h(
        'div',
        { class: 'tools' },
        this.places.element,
        h('div', { class: 'turning' }, this.mapBox, h('div', { class: 'pads' }, this.zoom, this.pad)),
      ),
      this.bar.element,
      ...this.bar.panels,
      this.trouble.element,
    );
    gestures(stage, user, this.stop.signal);
    this.words = liveWords(this.session.facts(performance.now()), MicrophoneMode.OFF);
  }

  start(): void {
    const { signal } = this.stop;
    window.addEventListener('online', () => this.session.hint('online'), { signal });
    window.addEventListener('offline', () => this.session.hint('offline'), { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.session.hint('shown'), { signal });
    this.wakeLock.keep();
    this.session.start();
    this.draw();
  }

  /** Ends the call without a word: the page is going away, or another one takes its place. */
  close(): void {
    this.isOver = true;
    this.stop.abort();
    clearTimeout(this.toastTimer);
    this.wakeLock.release();
    this.session.leave();
    this.picture.close();
    for (const name of ['link', 'notice', 'locked']) delete document.body.dataset[name];
  }

  private async talk(mode: MicrophoneMode): Promise<void> {
    this.wantedMode = mode;
    const problem = await this.session.talk(mode);
    if (problem && !this.isOver) this.trouble.show(problem);
  }

  private turnGently(value: boolean): void {
    gentleTurns.remember(value);
    this.session.turnGently(value);
  }

  private headUser(): HeadUser {
    const { session } = this;
    const shownWidth = () => this.picture.shownWidth;
    const may = (capability: Capability) => !this.words.isHeadLocked && session.facts(performance.now()).capabilities.has(capability);
    return {
      get target() {
        return session.target;
      },
      get zoom() {
        return session.zoom;
      },
      get pictureWidth() {
        return shownWidth();
      },
      mayTurn: () => may(Capability.LOOK_AROUND),
      mayZoom: () => may(Capability.ZOOM),
      lookAt: (pose) => session.lookAt(pose),
      zoomTo: (zoom) => session.zoomTo(zoom),
    };
  }

  private draw(): void {
    if (this.isOver) return;
    const now = performance.now();
    const facts = this.session.facts(now);
    if (facts.connection.over !== null) {
      this.events.onOver(facts.connection.over, facts.session?.endedReason ?? '');
      return;
    }
    const shown = this.session.shown();
    this.words = liveWords(facts, shown.microphone);
    if (this.words.isHeadLocked) this.session.lockHead();
    this.bar.show(shown, facts.capabilities);
    const isHandSeen = facts.session?.robot?.handSeen;
    if (isHandSeen && this.wasHandSeen === false) this.say('Your teacher has seen your hand.');
    this.wasHandSeen = isHandSeen ?? this.wasHandSeen;
    const light = facts.session?.robot?.lightHint ?? LightHint.UNSPECIFIED;
    if (light !== this.lightTold && light !== LightHint.UNSPECIFIED) this.say(lightWords(light));
    this.lightTold = light;
    this.drawWords(facts, shown, now);
    this.drawHead(facts);
  }

  private drawWords(facts: LiveFacts, shown: { minute: boolean; microphone: MicrophoneMode }, now: number): void {
    const { words } = this;
    const takesAMinute = shown.minute && words.notice === 'none';
    setText(this.headline, takesAMinute ? 'Take all the time you need' : words.headline);
    setText(this.detail, takesAMinute ? 'Your class knows. Tap “I need a minute” again when you are ready.' : words.detail);
    setHidden(this.notice, this.headline.textContent === '');
    this.notice.dataset.place = words.isCentred ? 'centre' : 'top';
    const { dataset } = document.body;
    dataset.link = words.link;
    dataset.notice = words.notice;
    dataset.locked = String(words.isHeadLocked);

    const quality =
      words.link === 'good' && words.notice === 'none'
        ? this.delay.read(delayWords(facts.delay), now)
        : words.notice === 'waiting'
          ? 'Waiting for your turn'
          : linkWords[words.link];
    setText(this.status, nearEnd(facts) ? `Class ends soon · ${quality}` : sentence(quality));
    setText(this.heard, heardWords(facts, shown.microphone));
    const observers = facts.session?.observers ?? [];
    setText(this.also, observers.length > 0 ? `Also here: ${observers.join(', ')}` : '');
    setHidden(this.also, observers.length === 0);
  }

  private drawHead(facts: LiveFacts): void {
    const { capabilities } = facts;
    const pose = facts.session?.robot?.pose;
    const known = this.session.places;
    const lost = lostPlacesWords(this.knownPlaces, known);
    if (lost) this.say(lost);
    this.knownPlaces = known ?? this.knownPlaces;
    this.places.show(this.knownPlaces ?? new Set());
    const mayTurn = capabilities.has(Capability.LOOK_AROUND);
    if (pose && mayTurn && !this.isPaceTold) this.session.turnGently(true);
    this.isPaceTold ||= pose !== undefined && mayTurn;
    setAttribute(this.gently, 'aria-pressed', String(this.session.shown().gentle));
    for (const [element, isGranted] of [
      [this.pad, mayTurn],
      [this.places.element, mayTurn],
      [this.mapBox, mayTurn],
      [this.zoom, capabilities.has(Capability.ZOOM)],
    ] as const) {
      setHidden(element, !isGranted);
      for (const control of element.querySelectorAll('button')) setAttribute(control, 'aria-disabled', String(this.words.isHeadLocked));
    }
    this.map.show(
      pose ? { pan: pose.panDegrees, tilt: pose.tiltDegrees } : null,
      this.session.target,
      Math.max(pose?.zoom ?? 1, 1),
      this.session.range,
    );
    this.element.dataset.zoom = (pose?.zoom ?? 1).toFixed(2);
  }

  private say(words: string): void {
    setText(this.toast, words);
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => setText(this.toast, ''), toastMs);
  }
}

const linkWords = {
  connecting: 'Getting ready',
  good: 'Connected',
  stalled: 'Waiting for the picture',
  down: 'Looking for the internet',
} as const;

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Words, not a clock: nothing counts down here. */
function nearEnd({ session }: LiveFacts): boolean {
  const left = Number(session?.notAfterUnixMs ?? 0n) - Date.now();
  return left > 0 && left < nearEndMs;
}

function notDoneWords(slot: Slot, words: string): string {
  const what: Partial<Record<Slot, string>> = {
    hand: 'Your hand',
    mood: 'How you feel',
    microphone: 'Your voice',
    passive: '“Just listening”',
    speed: '“Turn gently”',
    place: 'Where that is',
    minute: '“I need a minute”',
  };
  return `${what[slot] ?? 'That'} didn’t get through.${words ? ` ${words}` : ''} You can try again.`;
}
