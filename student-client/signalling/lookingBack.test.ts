import { describe, expect, it } from 'vitest';
import type { Seat } from './joining';
import { keepBefore, keepLookBack, numbersFrom } from './lookingBack';

const seat: Seat = { session: 'a b', token: 't', expiresAt: '', capabilities: [], whepUrl: '/whep/s', today: null };

describe('looking back', () => {
  it('goes to the own session, with the key that the pupil came in with', async () => {
    let seen: [string, RequestInit] | null = null;
    const send: typeof fetch = async (url, init) => {
      seen = [String(url), init ?? {}];
      return new Response(JSON.stringify({ curve: [5, 4], before: 7 }));
    };

    expect(await keepLookBack(seat, { rating: 4, line: '', shares: null }, send)).toEqual({ curve: [5, 4], before: 7 });
    expect(seen).toMatchObject([
      '/reflect/a%20b',
      { method: 'POST', headers: { Authorization: 'Bearer t' }, body: '{"rating":4,"line":"","shares":null}' },
    ]);
  });

  it('is not kept where the school says no, or can not be reached', async () => {
    expect(await keepLookBack(seat, { rating: 4, line: '', shares: null }, async () => new Response(null, { status: 409 }))).toBeNull();
    expect(await keepLookBack(seat, { rating: 4, line: '', shares: null }, () => Promise.reject(new TypeError()))).toBeNull();
  });

  it.each([null, 7, {}, { curve: 4 }])('sees no curve in %j', (json) => expect(numbersFrom(json)).toBeNull());

  it('shows no number that is none', () =>
    expect(numbersFrom({ curve: [4, 11, -1, 2.5, '3', 0], before: 12 })).toEqual({ curve: [4, 0], before: null }));
});

describe('how it felt before', () => {
  it('goes to the own session, and nobody waits for it', async () => {
    let seen: [string, RequestInit] | null = null;

    await keepBefore(seat, 6, async (url, init) => {
      seen = [String(url), init ?? {}];
      return new Response(null, { status: 204 });
    });
    await keepBefore(seat, 6, () => Promise.reject(new TypeError()));

    expect(seen).toMatchObject(['/before/a%20b', { headers: { Authorization: 'Bearer t' }, body: '{"rating":6}' }]);
  });
});
