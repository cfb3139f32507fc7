import { type Seat, seatFrom } from './joining';

const key = 'seat';

export interface KeptSeat {
  readonly seat: Seat;
  /** The code it was got with: the same link opened again in this tab goes on, another one starts anew. */
  readonly code: string;
}

/** Keeps the seat for this tab. Storage can be refused (private windows): then a reload simply starts anew. */
export const seatKeeper = {
  keep(kept: KeptSeat): void {
    try {
      sessionStorage.setItem(key, JSON.stringify(kept));
    } catch {}
  },

  /** The kept seat, unless its time is over. */
  find(unixNowMs: number): KeptSeat | null {
    try {
      const kept: { seat?: unknown; code?: unknown } | null = JSON.parse(sessionStorage.getItem(key) ?? 'null');
      const seat = seatFrom(kept?.seat);
      const until = seat ? Date.parse(seat.expiresAt) : Number.NaN;
      // A device's clock can be wrong by minutes; the relay has the last word.
      if (seat && !(until + 10 * 60_000 < unixNowMs)) return { seat, code: typeof kept?.code === 'string' ? kept.code : '' };
    } catch {}
    return null;
  },

  forget(): void {
    try {
      sessionStorage.clear();
    } catch {}
  },
};
