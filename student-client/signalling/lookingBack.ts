import type { Seat } from './joining';

/** What the pupil says of a session that is over. All of it may be missing, and nothing waits for it. */
export interface LookBack {
  readonly rating: number | null; // 0–10, how hard it was
  readonly line: string;
  /** Null until the pupil has seen their own numbers: adults see nothing before that. */
  readonly shares: { readonly rating: boolean; readonly line: boolean } | null;
}

/** The pupil's own numbers, for their eyes. */
export interface OwnNumbers {
  /** At this step, the earliest first. */
  readonly curve: readonly number[];
  /** Today before they came in; null: skipped. */
  readonly before: number | null;
}

/** Keeps at school how hard it felt before. Nobody waits for it: where it can't be kept, nothing is lost but a number. */
export async function keepBefore(seat: Seat, rating: number, send: typeof fetch = fetch): Promise<void> {
  await post(seat, 'before', { rating }, send);
}

/** Keeps it at school; the answer is the pupil's own numbers, or null where it could not be kept. */
export async function keepLookBack(seat: Seat, said: LookBack, send: typeof fetch = fetch): Promise<OwnNumbers | null> {
  const response = await post(seat, 'reflect', said, send);
  try {
    return response?.ok ? numbersFrom(await response.json()) : null;
  } catch {
    return null;
  }
}

async function post(seat: Seat, what: string, body: object, send: typeof fetch): Promise<Response | null> {
  try {
    return await send(`/${what}/${encodeURIComponent(seat.session)}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${seat.token}`, 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return null;
  }
}

/** Reads the numbers from JSON that may be anything; null when there is no curve. */
export function numbersFrom(json: unknown): OwnNumbers | null {
  if (typeof json !== 'object' || json === null) return null;
  const { curve, before } = json as Record<string, unknown>;
  if (!Array.isArray(curve)) return null;
  return { curve: curve.filter(isRating), before: isRating(before) ? before : null };
}

const isRating = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10;
