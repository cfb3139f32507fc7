import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { Capability, MicrophoneMode } from '../gen/av1relay/v1/common_pb';
import { LightHint } from '../gen/av1relay/v1/robot_link_pb';
import { SessionStateSchema } from '../gen/av1relay/v1/session_control_pb';
import { initialConnection, type OverReason } from '../signalling/connection';
import type { LiveFacts } from '../signalling/liveSession';
import { lightWords, liveWords, overWords } from './liveWords';

type Room = Partial<{ present: boolean; publishing: boolean; camera: boolean; curtain: boolean; privacy: boolean }>;

const room = ({ present = true, publishing = true, camera = true, curtain = false, privacy = false }: Room = {}) =>
  create(SessionStateSchema, {
    robotPresent: present,
    robotPublishing: publishing,
    robot: { cameraLive: camera, microphoneLive: true, curtainDrawn: curtain, privacySwitchOff: privacy },
  });

const well: LiveFacts = {
  connection: { ...initialConnection, phase: 'flowing', everFlowed: true },
  capabilities: new Set([Capability.SEE, Capability.HEAR, Capability.SPEAK]),
  session: room(),
  robotWasHere: true,
  pictureStillMs: 30,
  soundStillMs: 20,
  delay: null,
  flowingForMs: 10_000,
};

const words = (facts: Partial<LiveFacts>, microphone = MicrophoneMode.OFF) => liveWords({ ...well, ...facts }, microphone);
const phase = (now: 'lost' | 'calling' | 'waiting', everFlowed = true) => ({ ...initialConnection, phase: now, everFlowed });

describe('what the page says', () => {
  it('is nothing while all is well', () => {
    expect(words({})).toMatchObject({ link: 'good', notice: 'none', isHeadLocked: false });
  });

  it.each<[string, Partial<LiveFacts>, string, string]>([
    ['at the first call', { connection: phase('calling', false), session: null, pictureStillMs: null }, 'connecting', 'connecting'],
    ['before the first frame', { pictureStillMs: null }, 'connecting', 'connecting'],
    ['when the media path seems blocked', { connection: { ...phase('calling', false), unheardCalls: 2 } }, 'blocked', 'connecting'],
    ['without a network', { connection: phase('lost') }, 'down', 'down'],
    ['when told to come later', { connection: phase('waiting') }, 'waiting', 'down'],
    ['before the robot', { session: room({ present: false }), robotWasHere: false }, 'robotAsleep', 'good'],
    ['after the robot', { session: room({ present: false }) }, 'robotLost', 'stalled'],
    ['before its media', { session: room({ publishing: false }) }, 'robotStarting', 'stalled'],
    ['behind the curtain', { session: room({ curtain: true, camera: false }) }, 'curtain', 'good'],
    ['with the privacy switch off', { session: room({ privacy: true, camera: false }) }, 'privacy', 'good'],
    ['with a camera that failed', { session: room({ camera: false }) }, 'noPicture', 'good'],
    ['while the camera starts', { session: room({ camera: false }), pictureStillMs: null, flowingForMs: 800 }, 'connecting', 'connecting'],
    ['on a step without pictures', { capabilities: new Set([Capability.HEAR]), pictureStillMs: null }, 'noPicture', 'good'],
    ['with sound alone', { pictureStillMs: 1_500 }, 'soundOnly', 'stalled'],
    ['with nothing arriving', { pictureStillMs: 1_500, soundStillMs: 1_500 }, 'frozen', 'stalled'],
  ])('%s is told', (_, facts, notice, link) => {
    expect(words(facts)).toMatchObject({ notice, link, isHeadLocked: true });
    expect(words(facts).headline).not.toBe('');
  });

  it('claims that the class hears the pupil only when the microphone is open', () => {
    expect(words({ pictureStillMs: 1_500 }, MicrophoneMode.SPEAK).detail).toBe('Your class still hears you.');
    expect(words({ pictureStillMs: 1_500 }).detail).toBe('You can still hear your class.');
  });

  it('stands over a frozen picture as a banner, and in the middle where there is none', () => {
    expect(words({ connection: phase('lost') }).isCentred).toBe(false);
    expect(words({ connection: phase('lost'), pictureStillMs: null }).isCentred).toBe(true);
  });

  it('says calmly why there is little to see, and nothing when there is enough', () => {
    expect(lightWords(LightHint.UNSPECIFIED)).toBe('');
    for (const hint of [LightHint.DARK, LightHint.GLARE]) expect(lightWords(hint)).toMatch(/robot.*\.$/);
  });

  it('never blames, hurries or frightens', () => {
    const reasons: OverReason[] = ['left', 'ended', 'expired', 'notAllowed', 'gone', 'elsewhere', 'cannotPlay', 'broken'];
    for (const reason of reasons) {
      const { headline, detail } = overWords(reason, '');
      expect(`${headline} ${detail}`).not.toMatch(/error|fail|invalid|hurry|seconds left|!/i);
      expect(detail.length).toBeLessThan(120);
    }
  });
});
