import { describe, expect, it } from 'vitest';
import { MicrophoneMode } from '../gen/av1relay/v1/common_pb';
import { outlivesRefusal, patienceFor, SpeechConsent } from './speechConsent';

const { OFF, SPEAK, WHISPER } = MicrophoneMode;

describe('only the pupil’s tap opens the microphone', () => {
  it('is open after a tap that the robot has followed, not before', () => {
    const consent = new SpeechConsent();
    consent.onTap(SPEAK);
    expect(consent.onReport(OFF, true)).toBe(false);
    expect(consent.shown(SPEAK, OFF)).toBe(SPEAK);
    expect(consent.onReport(SPEAK, false)).toBe(true);
    expect(consent.shown(null, SPEAK)).toBe(SPEAK);
  });

  it('stays closed, and says off, after an off that the robot does not follow', () => {
    const consent = new SpeechConsent();
    consent.onTap(SPEAK);
    consent.onReport(SPEAK, false);
    consent.onTap(OFF);
    expect(consent.onReport(SPEAK, true)).toBe(false);
    expect(consent.onReport(SPEAK, false)).toBe(false);
    expect(consent.shown(null, SPEAK)).toBe(OFF);
    expect(consent.mustClose(SPEAK)).toBe(true);
  });

  it('stays closed when somebody else opens the robot’s side', () => {
    const consent = new SpeechConsent();
    expect(consent.onReport(SPEAK, false)).toBe(false);
    expect(consent.shown(null, WHISPER)).toBe(OFF);
    expect(consent.mustClose(WHISPER)).toBe(true);
  });

  it('does not make a whisper heard by the whole class', () => {
    const consent = new SpeechConsent();
    consent.onTap(WHISPER);
    expect(consent.onReport(SPEAK, true)).toBe(false);
    expect(consent.onReport(WHISPER, false)).toBe(true);
    expect(consent.onReport(SPEAK, false)).toBe(false);
    expect(consent.onReport(WHISPER, false)).toBe(false);
  });

  it.each([OFF, undefined])('needs a new tap after the robot has closed it (%s) or the track has gone', (closed) => {
    const consent = new SpeechConsent();
    consent.onTap(SPEAK);
    expect(consent.onReport(closed, false)).toBe(false);
    expect(consent.onReport(SPEAK, false)).toBe(false);
    consent.onTap(SPEAK);
    consent.withdraw();
    expect(consent.onReport(SPEAK, false)).toBe(false);
  });

  it('leaves a closed robot alone', () => {
    expect(new SpeechConsent().mustClose(OFF)).toBe(false);
  });
});

describe('a wish to be off', () => {
  it('is never given up, others are', () => {
    expect(patienceFor(OFF, 4_000)).toBe(Number.POSITIVE_INFINITY);
    expect(patienceFor(SPEAK, 4_000)).toBe(4_000);
  });

  it('outlives a refusal for as long as the robot shows a voice', () => {
    expect(outlivesRefusal(OFF, SPEAK)).toBe(true);
    expect(outlivesRefusal(OFF, OFF)).toBe(false);
    expect(outlivesRefusal(SPEAK, OFF)).toBe(false);
  });
});
