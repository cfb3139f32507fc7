import { expect, it } from 'vitest';
import { leaveForGood } from './leaving';

const seat = { session: 'a b', token: 't', expiresAt: '', capabilities: [], whepUrl: '/whep/s', today: null };

it('tells the relay with the token that the pupil came in with, even from a page that closes', async () => {
  const sent: [string, RequestInit | undefined][] = [];
  await leaveForGood(seat, async (url, init) => {
    sent.push([String(url), init]);
    return new Response(null, { status: 204 });
  });
  expect(sent).toEqual([['/leave/a%20b', { method: 'POST', keepalive: true, headers: { Authorization: 'Bearer t' } }]]);
});

it('troubles nobody when there is no internet', async () => {
  await expect(leaveForGood(seat, () => Promise.reject(new TypeError('offline')))).resolves.toBeUndefined();
});
