import { describe, expect, it } from 'vitest';
import { iceServersOf, retryAfterMs } from './whep';

describe('the Link header', () => {
  it('yields TURN servers with their short-lived credentials', () => {
    const link =
      '<turn:turn.example:3478?transport=udp>; rel="ice-server"; username="1700000000:s"; credential="a,b"; credential-type="password", ' +
      '<stun:stun.example>; rel=ice-server, <https://example/terms>; rel="license"';
    expect(iceServersOf(link)).toEqual([
      { urls: 'turn:turn.example:3478?transport=udp', username: '1700000000:s', credential: 'a,b' },
      { urls: 'stun:stun.example' },
    ]);
  });

  it('may be absent or nonsense', () => {
    expect(iceServersOf(null)).toEqual([]);
    expect(iceServersOf('<javascript:alert(1)>; rel="ice-server", <<>><turn:')).toEqual([]);
  });
});

describe('Retry-After', () => {
  it.each([
    ['2', 2_000],
    ['0', 200],
    ['86400', 30_000],
    ['Thu, 01 Jan 1970 00:00:05 GMT', 5_000],
    ['soon', null],
    [null, null],
  ])('%s is %s ms', (header, ms) => expect(retryAfterMs(header, 0)).toBe(ms));
});
