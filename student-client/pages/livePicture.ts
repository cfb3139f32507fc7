import type { DelayMeter } from '../media/delay';
import { h } from './dom';

/** How much of the picture may be cut off to fill the screen without bars. */
const mayCrop = 0.16;

/** The classroom on the screen: filling it where little is lost by that, and heard as soon as the browser lets it. */
export class LivePicture {
  readonly element = h('video', {
    id: 'classroom',
    playsinline: true,
    autoplay: true,
    disablepictureinpicture: true,
    disableremoteplayback: true,
    'aria-label': 'Your classroom',
    'data-frames': 0,
  });
  private frames = 0;
  private readonly resize: ResizeObserver;

  /** @param onMuted Sound is held back until the pupil taps, or is free again. */
  constructor(
    private readonly delay: DelayMeter,
    private readonly onMuted: (isMuted: boolean) => void,
  ) {
    this.element.controls = false;
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(this.element);
    this.element.addEventListener('resize', () => this.fit());
    this.watchFrames();
  }

  /** Width of the picture as it is shown, in CSS pixels. */
  get shownWidth(): number {
    const { clientWidth, clientHeight, videoWidth, videoHeight } = this.element;
    if (videoWidth === 0 || videoHeight === 0) return clientWidth;
    const scales = [clientWidth / videoWidth, clientHeight / videoHeight];
    return videoWidth * (this.element.dataset.fit === 'cover' ? Math.max(...scales) : Math.min(...scales));
  }

  show(stream: MediaStream): void {
    this.element.srcObject = stream;
    void this.play();
  }

  /** From a tap: sound is allowed now. */
  async unmute(): Promise<void> {
    this.element.muted = false;
    await this.play();
  }

  close(): void {
    this.resize.disconnect();
    this.element.srcObject = null;
  }

  private async play(): Promise<void> {
    try {
      await this.element.play();
      this.onMuted(this.element.muted);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return; // a newer stream came
      // No sound without a tap (after a reload, say): show the picture at least, and offer the tap.
      this.element.muted = true;
      this.onMuted(true);
      await this.element.play().catch(() => undefined);
    }
  }

  private watchFrames(): void {
    const video = this.element as HTMLVideoElement & { requestVideoFrameCallback?: HTMLVideoElement['requestVideoFrameCallback'] };
    if (!video.requestVideoFrameCallback) return;
    const each = (now: number, frame: VideoFrameCallbackMetadata) => {
      this.frames += 1;
      if (this.frames === 1 || this.frames % 30 === 0) video.dataset.frames = String(this.frames);
      this.delay.onFrame(frame.captureTime, frame.expectedDisplayTime, now);
      video.requestVideoFrameCallback?.(each);
    };
    video.requestVideoFrameCallback(each);
  }

  private fit(): void {
    const { clientWidth, clientHeight, videoWidth, videoHeight } = this.element;
    if (clientWidth === 0 || clientHeight === 0 || videoWidth === 0) return;
    const screen = clientWidth / clientHeight;
    const picture = videoWidth / videoHeight;
    const lost = 1 - Math.min(screen, picture) / Math.max(screen, picture);
    this.element.dataset.fit = lost <= mayCrop ? 'cover' : 'contain';
  }
}
