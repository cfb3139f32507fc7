/** Keeps the screen on during class where the browser can. The lock is lost with each look away and asked for again. */
export class WakeLock {
  private held: WakeLockSentinel | null = null;
  private isWanted = false;

  constructor() {
    document.addEventListener('visibilitychange', () => {
      if (this.isWanted && document.visibilityState === 'visible') void this.ask();
    });
  }

  keep(): void {
    this.isWanted = true;
    void this.ask();
  }

  release(): void {
    this.isWanted = false;
    void this.held?.release();
    this.held = null;
  }

  private async ask(): Promise<void> {
    const wakeLock = navigator.wakeLock as Navigator['wakeLock'] | undefined; // absent in older browsers
    if (!wakeLock || this.held?.released === false) return;
    try {
      this.held = await wakeLock.request('screen');
    } catch {
      this.held = null; // battery saver, or not visible after all: a dark screen is no harm
    }
  }
}
