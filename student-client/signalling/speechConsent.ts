import { MicrophoneMode } from '../gen/av1relay/v1/common_pb';

/** How often the robot is reminded that the pupil has not opened the microphone, in ms. */
const remindEvery = 2_000;

/**
 * Whether the pupil may be heard. Only the pupil's own tap opens the microphone; what the robot or the relay report may
 * close it, never open it. Sans-I/O; `now` in ms.
 */
export class SpeechConsent {
  private isGiven = false;
  private remindedAt = Number.NEGATIVE_INFINITY;

  /** The pupil tapped: talk, whisper, or off. */
  onTap(mode: MicrophoneMode): void {
    this.isGiven = isOpen(mode);
  }

  /** The track is gone: a new one needs a new tap. */
  withdraw(): void {
    this.isGiven = false;
  }

  /** Whether the track may be open, now that the robot shows `reported` and no wish of the pupil is under way. */
  onReport(reported: MicrophoneMode | undefined): boolean {
    this.isGiven &&= isOpen(reported);
    return this.isGiven;
  }

  /** Whether the robot is to be told again that the microphone is off. */
  mustRemind(reported: MicrophoneMode | undefined, now: number): boolean {
    if (this.isGiven || !isOpen(reported) || now - this.remindedAt < remindEvery) return false;
    this.remindedAt = now;
    return true;
  }
}

export function isOpen(mode: MicrophoneMode | undefined): boolean {
  return mode === MicrophoneMode.SPEAK || mode === MicrophoneMode.WHISPER;
}
