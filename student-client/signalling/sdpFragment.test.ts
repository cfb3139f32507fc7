import { expect, it } from 'vitest';
import { answerAfterRestart, fragmentOf, iceOf } from './sdpFragment';

const description = (ufrag: string, pwd: string) =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0 1',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${pwd}`,
    'a=candidate:1 1 udp 2130706431 127.0.0.1 20000 typ host',
    'a=mid:0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${pwd}`,
    'a=mid:1',
    '',
  ].join('\r\n');

it('carries the new credentials, the bundle and the first media section', () => {
  expect(fragmentOf(description('abcd', 'p'.repeat(22)))).toBe(
    'a=ice-options:trickle ice2\r\na=group:BUNDLE 0 1\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n' +
      `a=ice-ufrag:abcd\r\na=ice-pwd:${'p'.repeat(22)}\r\n`,
  );
});

it('replaces credentials everywhere and candidates when the relay tells new ones', () => {
  const fragment =
    'a=ice-ufrag:new1\r\na=ice-pwd:newpassword\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=candidate:2 1 udp 1 10.0.0.9 20001 typ host\r\n';
  const answer = answerAfterRestart(description('old1', 'oldpassword'), fragment) ?? '';
  expect(answer.match(/a=ice-ufrag:new1/g)).toHaveLength(2);
  expect(answer).not.toContain('old');
  expect(answer).toContain('10.0.0.9 20001');
  expect(answer).not.toContain('127.0.0.1 20000');
});

it('keeps the earlier candidates when the fragment has none', () => {
  const answer = answerAfterRestart(description('old1', 'oldpassword'), 'a=ice-ufrag:n\na=ice-pwd:m\n') ?? '';
  expect(answer).toContain('127.0.0.1 20000');
  expect(iceOf(answer)).toMatchObject({ ufrag: 'n', pwd: 'm' });
});

it('puts candidates into the first media section when credentials stand at session level', () => {
  const earlier = 'v=0\r\na=ice-ufrag:o\r\na=ice-pwd:o\r\nm=video 9 X 96\r\na=mid:0\r\nm=audio 9 X 111\r\na=mid:1\r\n';
  const answer = answerAfterRestart(earlier, 'a=ice-ufrag:n\r\na=ice-pwd:m\r\na=candidate:c\r\n');
  expect(answer).toBe(
    'v=0\r\na=ice-ufrag:n\r\na=ice-pwd:m\r\nm=video 9 X 96\r\na=mid:0\r\na=candidate:c\r\nm=audio 9 X 111\r\na=mid:1\r\n',
  );
});

it('says nothing rather than half of it', () => {
  expect(fragmentOf('v=0\r\n')).toBeNull();
  expect(answerAfterRestart(description('a', 'b'), 'a=ice-ufrag:only\r\n')).toBeNull();
});
