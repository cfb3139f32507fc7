import { Capability, HeadSpeed, MicrophoneMode, type Mood, Preset } from '../gen/av1relay/v1/common_pb';
import type { RobotState } from '../gen/av1relay/v1/robot_link_pb';
import type { SessionState } from '../gen/av1relay/v1/session_control_pb';
import { clampPose, clampZoom, isNear, type Pose, type Range, usualRange } from '../head/geometry';
import { type Delay, DelayMeter } from '../media/delay';
import { Microphone, type MicrophoneProblem } from '../media/microphone';
import { Heartbeat } from '../media/receivedMedia';
import { Call } from './call';
import { CommandQueue, type Slot } from './commandQueue';
import { type Connection, initialConnection } from './connection';
import { capabilitiesFrom, type Seat } from './joining';
import { type Ask, SessionLink } from './sessionLink';
import { outlivesRefusal, patienceFor, SpeechConsent } from './speechConsent';

/** Everything the live page shows is drawn from these. */
export interface LiveFacts {
  readonly connection: Connection;
  readonly capabilities: ReadonlySet<Capability>;
  readonly session: SessionState | null;
  /** The robot has been in the room since this page opened. */
  readonly robotWasHere: boolean;
  /** How long no frame was decoded or no sound came, in ms; null when none ever did. */
  readonly pictureStillMs: number | null;
  readonly soundStillMs: number | null;
  readonly delay: Delay;
  /** Since when the path has been up, in ms. */
  readonly flowingForMs: number;
}

export interface LiveEvents {
  onMedia(stream: MediaStream): void;
  onChange(): void;
  onNotDone(slot: Slot, words: string): void;
}

const patience = { head: 5_000, zoom: 2_000, other: 4_000 } as const;

/** One pupil's time in class: the call, the control link, the microphone, and what is asked of the robot. */
export class LiveSession {
  private readonly call: Call;
  private readonly link: SessionLink;
  private readonly queue: CommandQueue<Ask, RobotState>;
  private readonly microphone: Microphone;
  private readonly picture = new Heartbeat();
  private readonly sound = new Heartbeat();
  readonly delay = new DelayMeter();
  private connection = initialConnection;
  private session: SessionState | null = null;
  private capabilities: ReadonlySet<Capability>;
  private robotWasHere = false;
  private talking = 0;
  private readonly consent = new SpeechConsent();
  private aim: { pose: Pose; at: number } | null = null;
  private sendTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly sentSlots = new Map<bigint, Slot>();

  constructor(
    seat: Seat,
    private readonly events: LiveEvents,
  ) {
    this.capabilities = capabilitiesFrom(seat.capabilities);
    this.queue = new CommandQueue<Ask, RobotState>(Date.now());
    this.call = new Call(seat.whepUrl, seat.token, {
      onConnection: (connection) => {
        this.connection = connection;
        if (connection.phase === 'over') this.stop();
        events.onChange();
      },
      onMedia: (stream) => events.onMedia(stream),
      onCounters: (counters, now) => {
        this.picture.on(counters.framesDecoded, now);
        this.sound.on(counters.audioPackets, now);
        this.delay.onCounters(counters.videoWaitedSeconds, counters.videoEmitted, counters.roundTripSeconds);
        this.giveUp();
        events.onChange();
      },
      onReopenWatch: () => this.link.reopen(),
    });
    this.link = new SessionLink(seat.token, {
      onState: (state) => this.onState(state),
      onWatch: (what) => this.call.tell({ kind: 'watch', what }),
      onRefused: (sequence, words) => this.onRefused(sequence, words),
    });
    this.microphone = new Microphone((track) => {
      this.consent.withdraw(); // a tap opens the track it was meant for, not another
      this.call.speakWith(track);
    });
  }

  start(): void {
    this.call.start();
    this.link.open();
  }

  leave(): void {
    this.call.tell({ kind: 'leave' });
  }

  hint(what: 'shown' | 'online' | 'offline'): void {
    this.call.tell({ kind: what });
    if (what !== 'shown' || !this.microphone.dropIfStale()) return;
    this.followRobot();
    this.events.onChange();
  }

  facts(now: number): LiveFacts {
    return {
      connection: this.connection,
      capabilities: this.capabilities,
      session: this.session,
      robotWasHere: this.robotWasHere,
      pictureStillMs: this.picture.stillFor(now),
      soundStillMs: this.sound.stillFor(now),
      delay: this.delay.read(now),
      flowingForMs: this.connection.phase === 'flowing' ? now - this.connection.since : 0,
    };
  }

  /** What the pupil sees a button say: the wish while it is under way, then what the robot shows. */
  shown(): { hand: boolean; mood: Mood; passive: boolean; minute: boolean; gentle: boolean; microphone: MicrophoneMode } {
    const robot = this.session?.robot;
    return {
      hand: wished(this.queue.wanted('hand'), 'handRaised') ?? robot?.handRaised ?? false,
      mood: wished(this.queue.wanted('mood'), 'mood') ?? robot?.mood ?? 0,
      passive: wished(this.queue.wanted('passive'), 'passive') ?? robot?.passive ?? false,
      minute: wished(this.queue.wanted('minute'), 'needsAMinute') ?? robot?.needsAMinute ?? false,
      gentle: (wished(this.queue.wanted('speed'), 'headSpeed') ?? robot?.headSpeed) === HeadSpeed.GENTLE,
      microphone: this.consent.shown(wished(this.queue.wanted('microphone'), 'microphone'), robot?.microphone),
    };
  }

  get range(): Range {
    const range = this.session?.robot?.range;
    if (!range) return usualRange;
    return {
      minPan: range.minPanDegrees,
      maxPan: range.maxPanDegrees,
      minTilt: range.minTiltDegrees,
      maxTilt: range.maxTiltDegrees,
      maxZoom: range.maxZoom,
    };
  }

  /** Where the head was last asked to go, or where it goes by itself. Gestures start from here. */
  get target(): Pose {
    const robot = this.session?.robot;
    if (this.aim && performance.now() - this.aim.at < patience.head) return this.aim.pose;
    const pose = robot?.target ?? robot?.pose;
    return pose ? { pan: pose.panDegrees, tilt: pose.tiltDegrees } : { pan: 0, tilt: 0 };
  }

  get zoom(): number {
    return wished(this.queue.wanted('zoom'), 'zoom') ?? Math.max(this.session?.robot?.pose?.zoom ?? 1, 1);
  }

  lookAt(pose: Pose): void {
    const target = clampPose(pose, this.range);
    this.aim = { pose: target, at: performance.now() };
    const value = { $typeName: 'av1relay.v1.HeadPose' as const, panDegrees: target.pan, tiltDegrees: target.tilt, zoom: 0 };
    this.ask(
      'head',
      { case: 'headTarget', value },
      (robot) => robot.pose !== undefined && isNear(poseOf(robot.pose), target, 1),
      patience.head,
    );
  }

  lookAtPreset(preset: Preset): void {
    this.aim = null;
    const arrived = (robot: RobotState) => !!robot.pose && !!robot.target && isNear(poseOf(robot.pose), poseOf(robot.target), 1);
    this.ask('head', { case: 'preset', value: preset }, arrived, patience.head);
  }

  /** What somebody has shown the robot in this room; null while the robot has told nothing. */
  get places(): ReadonlySet<Preset> | null {
    const robot = this.session?.robot;
    return robot ? new Set(robot.places.map((place) => place.preset)) : null;
  }

  /** That preset is where the head looks now. False when nobody knows where that is. */
  showPlace(preset: Preset): boolean {
    const pose = this.session?.robot?.pose;
    if (!pose) return false;
    const here = poseOf(pose);
    const value = {
      $typeName: 'av1relay.v1.RoomPlace' as const,
      preset,
      pose: { $typeName: 'av1relay.v1.HeadPose' as const, panDegrees: here.pan, tiltDegrees: here.tilt, zoom: 0 },
    };
    const isMet = (robot: RobotState) =>
      robot.places.some((place) => place.preset === preset && place.pose !== undefined && isNear(poseOf(place.pose), here, 1));
    this.ask('place', { case: 'roomPlace', value }, isMet);
    return true;
  }

  forgetPlaces(): void {
    const value = { $typeName: 'av1relay.v1.RoomPlace' as const, preset: Preset.UNSPECIFIED };
    this.ask('place', { case: 'roomPlace', value }, (robot) => robot.places.length === 0);
  }

  zoomTo(zoom: number): void {
    const value = clampZoom(zoom, this.range);
    this.ask('zoom', { case: 'zoom', value }, (robot) => Math.abs((robot.pose?.zoom ?? 0) - value) < 0.02, patience.zoom);
  }

  /** The picture is frozen: whoever cannot see must not steer. */
  lockHead(): void {
    this.queue.drop('head', 'zoom');
    this.aim = null;
  }

  raiseHand(value: boolean): void {
    this.ask('hand', { case: 'handRaised', value }, (robot) => robot.handRaised === value);
  }

  feel(value: Mood): void {
    this.ask('mood', { case: 'mood', value }, (robot) => robot.mood === value);
  }

  bePassive(value: boolean): void {
    this.ask('passive', { case: 'passive', value }, (robot) => robot.passive === value);
  }

  turnGently(value: boolean): void {
    const speed = value ? HeadSpeed.GENTLE : HeadSpeed.USUAL;
    this.ask('speed', { case: 'headSpeed', value: speed }, (robot) => robot.headSpeed === speed);
  }

  takeAMinute(value: boolean): void {
    if (value) void this.talk(MicrophoneMode.OFF);
    this.ask('minute', { case: 'needsAMinute', value }, (robot) => robot.needsAMinute === value);
  }

  async talk(mode: MicrophoneMode): Promise<MicrophoneProblem | null> {
    const wish = ++this.talking;
    if (mode !== MicrophoneMode.OFF) {
      const problem = await this.microphone.ask();
      if (this.connection.phase === 'over') {
        this.microphone.release(); // it came after the pupil had left
        return null;
      }
      if (problem) return problem;
      if (wish !== this.talking) return null; // let go while the browser was still asking
    }
    this.consent.onTap(mode);
    if (mode === MicrophoneMode.OFF) this.microphone.open(false); // at once, whatever the network does
    this.wishMicrophone(mode);
    return null;
  }

  private wishMicrophone(mode: MicrophoneMode): void {
    const isMet = (robot: RobotState) => robot.microphone === mode;
    this.ask('microphone', { case: 'microphone', value: mode }, isMet, patienceFor(mode, patience.other));
  }

  /** The track follows the robot only as far as the pupil's own tap allows; a robot that goes further is told to close. */
  private followRobot(): void {
    const reported = this.session?.robot?.microphone;
    const isUnderWay = this.queue.wanted('microphone') !== null;
    this.microphone.open(this.consent.onReport(reported, isUnderWay));
    const isClosing = wished(this.queue.wanted('microphone'), 'microphone') === MicrophoneMode.OFF;
    if (this.consent.mustClose(reported) && !isClosing) this.wishMicrophone(MicrophoneMode.OFF);
  }

  private ask(slot: Slot, what: Ask, isMet: (robot: RobotState) => boolean, giveUpAfterMs: number = patience.other): void {
    if (this.connection.phase === 'over') return;
    this.queue.put(slot, { what, isMet, giveUpAfterMs }, performance.now());
    this.pump();
    this.events.onChange();
  }

  /** Sends what is due and comes back when the next thing will be. */
  private pump(): void {
    clearTimeout(this.sendTimer);
    const now = performance.now();
    if (this.link.isReady) {
      const next = this.queue.take(now);
      if (next) {
        this.sentSlots.set(next.sequence, next.slot);
        void this.link.send(next.what, next.sequence).finally(() => this.sentSlots.delete(next.sequence));
      }
    }
    const at = this.queue.nextAt();
    if (at !== null) this.sendTimer = setTimeout(() => this.pump(), Math.max(at - now, 20));
  }

  private onState(state: SessionState): void {
    this.session = state;
    this.capabilities = new Set(state.capabilities);
    this.robotWasHere ||= state.robotPresent;
    const { robot } = state;
    if (robot) this.queue.onState(robot, robot.lastCommandSequence);
    this.followRobot();
    const sees = this.capabilities.has(Capability.SEE) && robot?.cameraLive === true;
    const hears = this.capabilities.has(Capability.HEAR) && robot?.microphoneLive === true;
    this.call.tell({ kind: 'room', expecting: state.robotPublishing && (sees || hears), seen: state.pupilPresent });
    this.pump();
    this.events.onChange();
  }

  private onRefused(sequence: bigint, words: string): void {
    const slot = this.sentSlots.get(sequence);
    if (!slot) return;
    const wish = slot === 'microphone' ? wished(this.queue.wanted(slot), 'microphone') : null;
    if (outlivesRefusal(wish, this.session?.robot?.microphone)) return; // nobody hears the pupil meanwhile
    this.queue.drop(slot);
    if (slot === 'microphone') this.followRobot();
    if (slot !== 'head' && slot !== 'zoom') this.events.onNotDone(slot, words);
    this.events.onChange();
  }

  private giveUp(): void {
    for (const slot of this.queue.takeGivenUp(performance.now())) {
      if (slot === 'head' || slot === 'zoom') continue; // the picture and the marker show it
      if (slot === 'microphone') this.followRobot();
      this.events.onNotDone(slot, '');
    }
  }

  private stop(): void {
    clearTimeout(this.sendTimer);
    this.link.close();
    this.consent.withdraw();
    this.microphone.release();
  }
}

type AskValues = { [One in Ask as One['case']]: One['value'] };

/** The value of a wish of the given kind; null when there is no such wish. */
function wished<Case extends keyof AskValues>(ask: Ask | null, kind: Case): AskValues[Case] | null {
  return ask?.case === kind ? (ask.value as AskValues[Case]) : null;
}

function poseOf(pose: { panDegrees: number; tiltDegrees: number }): Pose {
  return { pan: pose.panDegrees, tilt: pose.tiltDegrees };
}
