import type { Seat } from './joining';

/**
 * Tells the relay that the pupil has had enough for today, so that the session ends now and not when its time is over.
 * What comes of it changes nothing for the pupil: they have left either way.
 */
export async function leaveForGood(seat: Seat, send: typeof fetch = fetch): Promise<void> {
  try {
    await send(`/leave/${encodeURIComponent(seat.session)}`, {
      method: 'POST',
      keepalive: true, // goes out even if the tab is closed in the same moment
      headers: { Authorization: `Bearer ${seat.token}` },
    });
  } catch {
    // No internet: the relay notices the empty seat by itself.
  }
}
