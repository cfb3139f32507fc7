import { create } from '@bufbuild/protobuf';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MicrophoneMode, Preset } from '../gen/av1relay/v1/common_pb';
import { type SessionState, SessionStateSchema } from '../gen/av1relay/v1/session_control_pb';
import type { CallEvents } from './call';
import type { Connection } from './connection';
import { LiveSession } from './liveSession';
import type { Ask, SessionLinkEvents } from './sessionLink';

const { OFF, SPEAK, WHISPER } = MicrophoneMode;

/** What the doubles below were given, newest test only. */
const seen = {
  call: null as CallEvents | null,
  link: null as SessionLinkEvents | null,
  sent: [] as { what: Ask; sequence: bigint }[],
};

vi.mock('./call', () => ({
  Call: class {
    constructor(_url: string, _token: string, events: CallEvents) {
      seen.call = events;
    }
    start() {}
    tell() {}
    speakWith() {}
  },
}));

vi.mock('./sessionLink', () => ({
  SessionLink: class {
    readonly isReady = true;
    constructor(_token: string, events: SessionLinkEvents) {
      seen.link = events;
    }
    open() {}
    close() {}
    send(what: Ask, sequence: bigint) {
      seen.sent.push({ what, sequence });
      return new Promise(() => undefined); // under way until the test refuses it
    }
  },
}));

class Track extends EventTarget {
  enabled = true;
  muted = false;
  readyState: 'live' | 'ended' = 'live';
  stop() {
    this.readyState = 'ended';
  }
}

let tracks: Track[];
let allow: () => void;
let notDone: string[];
let session: LiveSession;

const isHeard = () => tracks.some((track) => track.enabled && track.readyState === 'live');
const asked = () => seen.sent.filter(({ what }) => what.case === 'microphone').map(({ what }) => what.value);
const lastSequence = () => seen.sent.at(-1)?.sequence ?? 0n;

function robotShows(microphone: MicrophoneMode): void {
  const state: SessionState = create(SessionStateSchema, { robotPresent: true, robot: { microphone } });
  seen.link?.onState(state);
}

/** Time goes by, with the tick that gives wishes up. */
async function wait(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 250) {
    await vi.advanceTimersByTimeAsync(250);
    seen.call?.onCounters({ framesDecoded: 0, audioPackets: 0 } as Parameters<CallEvents['onCounters']>[0], performance.now());
  }
}

async function tapAndBeHeard(mode = SPEAK): Promise<void> {
  await session.talk(mode);
  robotShows(mode);
  expect(isHeard()).toBe(true);
}

beforeEach(() => {
  vi.useFakeTimers();
  seen.sent = [];
  tracks = [];
  notDone = [];
  let permission = Promise.resolve();
  allow = () => undefined;
  const getUserMedia = async () => {
    await permission;
    const track = new Track();
    tracks.push(track);
    return { getAudioTracks: () => [track] };
  };
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia,
      holdPermission: () => {
        permission = new Promise((resolve) => {
          allow = resolve;
        });
      },
    },
  });
  const seat = { capabilities: [], whepUrl: '', token: '' } as unknown as ConstructorParameters<typeof LiveSession>[0];
  session = new LiveSession(seat, { onMedia() {}, onChange() {}, onNotDone: (slot) => notDone.push(slot) });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the pupil is heard', () => {
  it('from when the robot has followed the tap until the pupil taps again', async () => {
    await session.talk(SPEAK);
    expect(isHeard()).toBe(false);
    robotShows(SPEAK);
    expect(isHeard()).toBe(true);
    expect(session.shown().microphone).toBe(SPEAK);
    await session.talk(OFF);
    expect(isHeard()).toBe(false);
    robotShows(OFF);
    expect(session.shown().microphone).toBe(OFF);
  });

  it('also when the robot reported itself closed while the browser was asking', async () => {
    (navigator.mediaDevices as unknown as { holdPermission(): void }).holdPermission();
    const talking = session.talk(SPEAK);
    robotShows(OFF);
    allow();
    await talking;
    robotShows(SPEAK);
    expect(isHeard()).toBe(true);
    expect(asked()).toEqual([SPEAK]);
  });

  it('not when the robot never follows, and the page says so', async () => {
    await session.talk(SPEAK);
    robotShows(OFF);
    await wait(4_500);
    expect(notDone).toEqual(['microphone']);
    robotShows(SPEAK);
    expect(isHeard()).toBe(false);
  });
});

describe('a muted pupil stays muted', () => {
  it('while the robot goes on showing speech, and off is asked until it does not', async () => {
    await tapAndBeHeard();
    await session.talk(OFF);
    for (let second = 0; second < 20; second++) {
      robotShows(SPEAK);
      await wait(1_000);
      expect(isHeard()).toBe(false);
      expect(session.shown().microphone).toBe(OFF);
    }
    expect(notDone).toEqual([]);
    seen.sent = [];
    await wait(5_000);
    expect(asked()).toContain(OFF);
    robotShows(OFF);
    seen.sent = [];
    await wait(5_000);
    expect(asked()).toEqual([]);
  });

  it('when the relay refuses the off, which is asked again', async () => {
    await tapAndBeHeard();
    await session.talk(OFF);
    await wait(250);
    seen.link?.onRefused(lastSequence(), 'no');
    robotShows(SPEAK);
    expect(isHeard()).toBe(false);
    expect(session.shown().microphone).toBe(OFF);
    seen.sent = [];
    await wait(1_000);
    expect(asked()).toContain(OFF);
  });

  it('when somebody else opens the robot’s side, which is told to close', async () => {
    await tapAndBeHeard();
    await session.talk(OFF);
    robotShows(OFF);
    seen.sent = [];
    robotShows(SPEAK);
    await wait(250);
    expect(isHeard()).toBe(false);
    expect(session.shown().microphone).toBe(OFF);
    expect(asked()).toEqual([OFF]);
  });

  it('after “I need a minute”', async () => {
    await tapAndBeHeard(WHISPER);
    session.takeAMinute(true);
    robotShows(WHISPER);
    expect(isHeard()).toBe(false);
    expect(session.shown().microphone).toBe(OFF);
  });
});

describe('a tab that comes back', () => {
  it('goes on as it was when its track lives', async () => {
    await tapAndBeHeard();
    session.hint('shown');
    robotShows(SPEAK);
    expect(isHeard()).toBe(true);
    await session.talk(OFF);
    session.hint('shown');
    robotShows(SPEAK);
    expect(isHeard()).toBe(false);
  });

  it.each(['over', 'stuck'])('needs a new tap when its track is %s', async (fate) => {
    await tapAndBeHeard();
    const [track] = tracks;
    if (track && fate === 'over') track.stop();
    else if (track) track.muted = true;
    session.hint('shown');
    robotShows(SPEAK);
    await wait(500);
    expect(isHeard()).toBe(false);
    expect(session.shown().microphone).toBe(OFF);
    expect(asked().at(-1)).toBe(OFF);
    await tapAndBeHeard();
  });
});

it('a microphone that is allowed after the pupil has left is let go', async () => {
  (navigator.mediaDevices as unknown as { holdPermission(): void }).holdPermission();
  const talking = session.talk(SPEAK);
  seen.call?.onConnection({ phase: 'over', over: 'left' } as unknown as Connection);
  allow();
  await talking;
  expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended']);
});

describe('places in the room', () => {
  const here = { panDegrees: 31, tiltDegrees: 6 };
  const shown = () => seen.sent.filter(({ what }) => what.case === 'roomPlace');

  function robotKnows(...places: { preset: Preset; pose: { panDegrees: number; tiltDegrees: number } }[]): void {
    const lastCommandSequence = lastSequence();
    seen.link?.onState(create(SessionStateSchema, { robotPresent: true, robot: { pose: here, places, lastCommandSequence } }));
  }

  it('are shown where the head looks, until the robot knows them', async () => {
    robotKnows();
    expect(session.showPlace(Preset.BUDDY)).toBe(true);
    expect(shown().at(-1)?.what.value).toMatchObject({ preset: Preset.BUDDY, pose: here });
    await wait(500);
    const asked = shown().length;
    expect(asked).toBeGreaterThan(1); // the robot has not said that it knows
    robotKnows({ preset: Preset.BUDDY, pose: here });
    await wait(1_000);
    expect(shown().length).toBe(asked);
    expect(session.places).toEqual(new Set([Preset.BUDDY]));
    expect(notDone).toEqual([]);
  });

  it('that the robot knew elsewhere are not yet where they were shown', async () => {
    robotKnows({ preset: Preset.BOARD, pose: { panDegrees: -80, tiltDegrees: 0 } });
    session.showPlace(Preset.BOARD);
    robotKnows({ preset: Preset.BOARD, pose: { panDegrees: -80, tiltDegrees: 0 } });
    await wait(5_000);
    expect(notDone).toEqual(['place']);
  });

  it('are all forgotten at once', async () => {
    robotKnows({ preset: Preset.BOARD, pose: here });
    session.forgetPlaces();
    expect(shown().at(-1)?.what.value).toMatchObject({ preset: Preset.UNSPECIFIED });
    robotKnows();
    await wait(5_000);
    expect(notDone).toEqual([]);
  });

  it('can not be shown by a robot that does not tell where it looks', () => {
    expect(session.showPlace(Preset.BOARD)).toBe(false);
    expect(session.places).toBeNull();
  });
});
