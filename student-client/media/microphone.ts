/** The pupil's microphone. It is asked for when the pupil wants it, never before. */
export type MicrophoneProblem = 'refused' | 'missing' | 'insecure';

export class Microphone {
  private track: MediaStreamTrack | null = null;
  private asking: Promise<MicrophoneProblem | null> | null = null;

  /** @param onTrack A new track to send, or null: the old one is over. */
  constructor(private readonly onTrack: (track: MediaStreamTrack | null) => void) {}

  get isHeld(): boolean {
    return this.track?.readyState === 'live';
  }

  get current(): MediaStreamTrack | null {
    return this.isHeld ? this.track : null;
  }

  /** Asks once however often it is called; null when there is a microphone now. */
  ask(): Promise<MicrophoneProblem | null> {
    if (this.isHeld) return Promise.resolve(null);
    this.asking ??= this.askNow().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /**
   * After the tab was in the background a track can be over or stuck silent, though nobody said so. Such a one is let go,
   * and the pupil's next tap asks for another: none comes back live by itself. True when there was one.
   */
  dropIfStale(): boolean {
    if (this.track === null || (this.isHeld && !this.track.muted)) return false;
    this.release();
    return true;
  }

  /** Lets sound through or not. Closed, only silence leaves this device. */
  open(isOpen: boolean): void {
    if (this.track) this.track.enabled = isOpen;
  }

  release(): void {
    this.track?.stop();
    this.track = null;
    this.onTrack(null);
  }

  private async askNow(): Promise<MicrophoneProblem | null> {
    const devices = navigator.mediaDevices as MediaDevices | undefined; // absent without https
    if (!devices?.getUserMedia) return 'insecure';
    try {
      const stream = await devices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
      });
      const [track] = stream.getAudioTracks();
      if (!track) return 'missing';
      track.enabled = false;
      this.track = track;
      track.addEventListener('ended', () => this.track === track && this.release(), { once: true });
      this.onTrack(track);
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }
}

export function problemOf(error: unknown): MicrophoneProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'refused';
  return name === 'SecurityError' ? 'insecure' : 'missing';
}
