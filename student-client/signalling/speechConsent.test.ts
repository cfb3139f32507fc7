import { describe, expect, it } from 'vitest';
import { MicrophoneMode } from '../gen/av1relay/v1/common_pb';
import { SpeechConsent } from './speechConsent';

const { OFF, SPEAK, WHISPER } = MicrophoneMode;

describe('only the pupil’s tap opens the microphone', () => {
  it('is open after a tap that the robot has followed', () => {
    const consent = new SpeechConsent();
    consent.onTap(SPEAK);
    expect(consent.onReport(SPEAK)).toBe(true);
    consent.onTap(WHISPER);
    expect(consent.onReport(WHISPER)).toBe(true);
  });

  it('stays closed when an off was given up or refused and the robot still shows speak', () => {
    const consent = new SpeechConsent();
    consent.onTap(SPEAK);
    expect(consent.onReport(SPEAK)).toBe(true);
    consent.onTap(OFF);
    expect(consent.onReport(SPEAK)).toBe(false);
    expect(consent.onReport(SPEAK)).toBe(false);
  });

  it('stays closed when somebody else opens the robot’s side', () => {
    expect(new SpeechConsent().onReport(SPEAK)).toBe(false);
  });

  it('needs a new tap after the robot has closed it, or the track has gone', () => {
    const consent = new SpeechConsent();
    consent.onTap(SPEAK);
    expect(consent.onReport(OFF)).toBe(false);
    expect(consent.onReport(SPEAK)).toBe(false);
    consent.onTap(SPEAK);
    consent.withdraw();
    expect(consent.onReport(SPEAK)).toBe(false);
  });

  it('reminds the robot that the microphone is off until it shows so, but not all the time', () => {
    const consent = new SpeechConsent();
    expect(consent.mustRemind(SPEAK, 0)).toBe(true);
    expect(consent.mustRemind(SPEAK, 1_000)).toBe(false);
    expect(consent.mustRemind(SPEAK, 2_000)).toBe(true);
    expect(consent.mustRemind(OFF, 9_000)).toBe(false);
    consent.onTap(SPEAK);
    expect(consent.mustRemind(SPEAK, 12_000)).toBe(false);
  });
});
