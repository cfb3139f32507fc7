/** Turns what the microphone hears into one of three words, and plays a chime. Nothing is kept. */
export type Loudness = 'clear' | 'quiet' | 'lost';

const dBFS = { quiet: -58, clear: -42 };

/** Root mean square of samples in −1…1, in dB of full scale; −100 for silence. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] ?? 0) ** 2;
  const rms = Math.sqrt(sum / Math.max(samples.length, 1));
  return rms <= 1e-5 ? -100 : 20 * Math.log10(rms);
}

/** Speech comes and goes: the loudest moment of the last seconds decides. Sans-I/O; `now` in ms. */
export class LoudnessMeter {
  private static readonly memoryMs = 2_500;
  private heard: { level: number; at: number }[] = [];

  on(level: number, now: number): Loudness {
    this.heard = [...this.heard.filter(({ at }) => now - at < LoudnessMeter.memoryMs), { level, at: now }];
    const loudest = Math.max(...this.heard.map((moment) => moment.level));
    if (loudest >= dBFS.clear) return 'clear';
    return loudest >= dBFS.quiet ? 'quiet' : 'lost';
  }
}

/** Listens to a track until the signal aborts. Needs a tap before it, as all sound in browsers does. */
export function listen(track: MediaStreamTrack, onLevel: (level: number, now: number) => void, signal: AbortSignal): void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2_048;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(samples), performance.now());
  }, 100);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    void context.close();
  });
}

/** Two soft notes; resolves when they are over. */
export async function chime(): Promise<void> {
  const context = new AudioContext();
  await context.resume();
  const begin = context.currentTime + 0.05;
  for (const [index, hertz] of [523.25, 659.25].entries()) {
    const from = begin + index * 0.28;
    const note = context.createOscillator();
    const volume = context.createGain();
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.16, from + 0.04);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.6);
    note.connect(volume).connect(context.destination);
    note.start(from);
    note.stop(from + 0.65);
  }
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await context.close();
}
