import { type JoinOutcome, join, type Refused } from './joining';
import { leaveForGood } from './leaving';

const askTimeoutMs = 15_000;
/** From a quarter of an hour before a lesson until its robot is given to others, with some to spare. */
const longestWaitMs = 45 * 60_000;
const mostTries = 150;
const afterTroubleMs = 20_000;

/**
 * When a page that waits asks again, in ms; null: waiting does not help, or has gone on for long enough. Who waits already goes on
 * while the wifi is away, or too many type codes at their school.
 *
 * @param tries How often it has asked.
 * @param chance 0–1: pages that wait for the same bell ask one after another.
 */
export function nextTryMs(refused: Refused, tries: number, waitedMs: number, chance: number): number | null {
  const isTrouble = tries > 1 && (refused.why === 'unreachable' || refused.why === 'tooMany');
  const ms = refused.waitMs ?? (isTrouble ? afterTroubleMs : null);
  if (ms === null || tries >= mostTries || waitedMs + ms > longestWaitMs) return null;
  return ms + 500 + chance * Math.min(5_000, 1_000 + ms / 4);
}

/** What waiting needs from around it; tests have their own. */
export interface Surroundings {
  readonly join: typeof join;
  readonly leave: typeof leaveForGood;
  readonly now: () => number; // ms, monotonic
  readonly chance: () => number;
  /** Resolves after so long, and before that when the page is looked at again or the wifi is back. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Comes in as soon as it is possible, after the pupil's own tap.
 *
 * @param onWaiting Told after each try that was too early.
 * @param signal The pupil would rather not, or has gone on. What the school grants after that is given back.
 */
export async function comeIn(
  code: string,
  onWaiting: (why: Refused) => void,
  signal: AbortSignal,
  around: Surroundings = browser,
): Promise<JoinOutcome | null> {
  const began = around.now();
  for (let tries = 1; ; tries++) {
    const outcome = await inTime((patience) => around.join(code, patience));
    if (signal.aborted) {
      if (outcome.kind === 'joined') await around.leave(outcome.seat);
      return null;
    }
    if (outcome.kind === 'joined') return outcome;
    const ms = nextTryMs(outcome, tries, around.now() - began, around.chance());
    if (ms === null) return outcome;
    onWaiting(outcome);
    await around.pause(ms, signal);
    if (signal.aborted) return null;
  }
}

/** Gives an answer up that does not come. */
export async function inTime<T>(ask: (patience: AbortSignal) => Promise<T>): Promise<T> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), askTimeoutMs);
  try {
    return await ask(patience.signal);
  } finally {
    clearTimeout(timer);
  }
}

const browser: Surroundings = {
  join,
  leave: leaveForGood,
  now: () => performance.now(),
  chance: Math.random,
  pause: async (ms, signal) => {
    await firstOf(ms, signal);
    // Nobody comes in behind a page that nobody looks at.
    while (document.hidden && !signal.aborted) await firstOf(null, signal);
  },
};

function firstOf(ms: number | null, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const end = () => {
      done.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = ms === null ? undefined : setTimeout(end, ms);
    if (signal.aborted) return end();
    const { signal: until } = done;
    signal.addEventListener('abort', end, { signal: until });
    document.addEventListener('visibilitychange', () => !document.hidden && end(), { signal: until });
    window.addEventListener('online', end, { signal: until });
  });
}
