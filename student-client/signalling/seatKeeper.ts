import { type Seat, seatFrom } from './joining';

const key = 'seat';

/** Keeps the seat for this tab. Storage can be refused (private windows): then a reload simply starts anew. */
export const seatKeeper = {
  keep(seat: Seat): void {
    try {
      sessionStorage.setItem(key, JSON.stringify(seat));
    } catch {}
  },

  /** The kept seat, unless its time is over. */
  find(unixNowMs: number): Seat | null {
    try {
      const seat = seatFrom(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
      const until = seat ? Date.parse(seat.expiresAt) : Number.NaN;
      // A device's clock can be wrong by minutes; the relay has the last word.
      if (seat && !(until + 10 * 60_000 < unixNowMs)) return seat;
    } catch {}
    return null;
  },

  forget(): void {
    try {
      sessionStorage.clear();
    } catch {}
  },
};
