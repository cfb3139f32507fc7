import type { Seat } from './joining';

/** What the pupil says of a session that is over. All of it may be missing, and nothing waits for it. */
export interface LookBack {
  readonly rating: number | null; // 0–10, how hard it was
  readonly line: string;
  /** Null until the pupil has seen their own numbers: adults see nothing before that. */
  readonly shares: { readonly rating: boolean; readonly line: boolean } | null;
}

/** Keeps it at school; the answer is the pupil's own curve at this step, or null where it could not be kept. */
export async function keepLookBack(seat: Seat, said: LookBack, send: typeof fetch = fetch): Promise<readonly number[] | null> {
  try {
    const response = await send(`/reflect/${encodeURIComponent(seat.session)}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${seat.token}`, 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(said),
    });
    return response.ok ? curveFrom(await response.json()) : null;
  } catch {
    return null;
  }
}

/** Reads the curve from JSON that may be anything; null when it is none. */
export function curveFrom(json: unknown): readonly number[] | null {
  if (typeof json !== 'object' || json === null) return null;
  const { curve } = json as Record<string, unknown>;
  if (!Array.isArray(curve)) return null;
  return curve.filter((rating): rating is number => Number.isInteger(rating) && rating >= 0 && rating <= 10);
}
