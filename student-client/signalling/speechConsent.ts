import { MicrophoneMode } from '../gen/av1relay/v1/common_pb';

/**
 * Whether the pupil may be heard. Only the pupil's own tap opens the microphone; what the robot or the relay report may
 * close it, never open it, and never make it louder than the pupil chose. Pure: no clock, no track.
 */
export class SpeechConsent {
  private given = MicrophoneMode.OFF;

  get mayBeHeard(): boolean {
    return isOpen(this.given);
  }

  /** The pupil tapped: talk, whisper, or off. */
  onTap(mode: MicrophoneMode): void {
    this.given = mode;
  }

  /** The track has come, gone or changed, or the call is over: being heard needs a new tap. */
  withdraw(): void {
    this.given = MicrophoneMode.OFF;
  }

  /**
   * Whether the track may be open, now that the robot shows `reported`. While the pupil's wish is under way the robot
   * may still show what was before; after that, anything but what the pupil chose takes the consent away.
   */
  onReport(reported: MicrophoneMode | undefined, isWishUnderWay: boolean): boolean {
    const isOpenNow = this.mayBeHeard && isOpen(reported) && loudness(reported) <= loudness(this.given);
    if (!isOpenNow && !isWishUnderWay) this.withdraw();
    return isOpenNow;
  }

  /** Whether the robot shows a voice that the pupil did not allow, so that it is to be told to close. */
  mustClose(reported: MicrophoneMode | undefined): boolean {
    return !this.mayBeHeard && isOpen(reported);
  }

  /** What the pupil's button says: off whenever nobody may hear them, else the wish, then the robot's word. */
  shown(wish: MicrophoneMode | null, reported: MicrophoneMode | undefined): MicrophoneMode {
    return this.mayBeHeard ? (wish ?? reported ?? MicrophoneMode.OFF) : MicrophoneMode.OFF;
  }
}

/** How long a wish for the microphone is repeated, in ms. Off is never given up. */
export function patienceFor(mode: MicrophoneMode, usualMs: number): number {
  return isOpen(mode) ? usualMs : Number.POSITIVE_INFINITY;
}

/** Whether a refused wish is asked again: off is, for as long as the robot shows something else. */
export function outlivesRefusal(wish: MicrophoneMode | null, reported: MicrophoneMode | undefined): boolean {
  return wish === MicrophoneMode.OFF && isOpen(reported);
}

function isOpen(mode: MicrophoneMode | undefined): boolean {
  return mode === MicrophoneMode.SPEAK || mode === MicrophoneMode.WHISPER;
}

function loudness(mode: MicrophoneMode | undefined): number {
  return mode === MicrophoneMode.SPEAK ? 2 : mode === MicrophoneMode.WHISPER ? 1 : 0;
}
