import { expect, test } from 'vitest';
import { Capability, MicrophoneMode, VoiceReach } from '../gen/av1relay/v1/common_pb';
import type { LiveFacts } from '../signalling/liveSession';
import { heardWords } from './heardWords';

const talking = (voiceReach?: VoiceReach, phase = 'flowing', capabilities = [Capability.SPEAK]) =>
  ({
    capabilities: new Set(capabilities),
    connection: { phase },
    session: voiceReach === undefined ? null : { robot: { voiceReach } },
  }) as unknown as LiveFacts;

test.each([
  [VoiceReach.CLEAR, 'Nobody can see you. Your class hears you clearly.'],
  [VoiceReach.QUIET, 'Nobody can see you. Your class hears you quietly.'],
  [VoiceReach.LOST, 'Nobody can see you. Your class may not hear you.'],
  [VoiceReach.UNSPECIFIED, 'Nobody can see you. Your class hears you.'],
  [undefined, 'Nobody can see you. Your class hears you.'],
  [99 as VoiceReach, 'Nobody can see you. Your class hears you.'], // of a robot that is newer than this page
])('who speaks is told how well: %s', (reach, words) => {
  expect(heardWords(talking(reach), MicrophoneMode.SPEAK)).toBe(words);
});

test('a whisper is for those close by, however well it is measured', () => {
  expect(heardWords(talking(VoiceReach.LOST), MicrophoneMode.WHISPER)).toContain('only who sits close');
});

test.each([
  ['with the microphone off', talking(VoiceReach.CLEAR), MicrophoneMode.OFF],
  ['while the connection is away', talking(VoiceReach.CLEAR, 'lost'), MicrophoneMode.SPEAK],
  ['without the right to speak', talking(VoiceReach.CLEAR, 'flowing', []), MicrophoneMode.SPEAK],
])('nobody hears the pupil %s', (_, facts, microphone) => {
  expect(heardWords(facts, microphone)).toBe('Nobody can see or hear you.');
});
