import { expect, it } from 'vitest';
import { RelayClock } from './relayClock';

it('knows nothing before the relay has spoken', () => {
  expect(new RelayClock().at(5)).toBeNull();
});

it('begins with what a message tells, which is never ahead of the relay', () => {
  const clock = new RelayClock();
  clock.onMessage(10_000, 1_040); // under way for 40 ms
  clock.onMessage(10_100, 1_105); // under way for 5 ms: the better bound
  expect(clock.at(2_000)).toBe(10_995);
});

it('believes the fastest reply, not the newest', () => {
  const clock = new RelayClock();
  clock.onReply(9_000 + 1_010, 1_000, 1_020); // 20 ms, true offset 9,000
  clock.onReply(9_000 + 2_290, 2_000, 2_300); // 300 ms, 290 of them on the way there
  expect(clock.at(3_000)).toBe(12_000);
  expect(clock.roundTripMs).toBe(20);
});

it('lets go of replies that are a minute old, because clocks drift', () => {
  const clock = new RelayClock();
  clock.onReply(9_005, 0, 10);
  clock.onReply(9_000 + 70_100, 70_000, 70_200);
  expect(clock.at(80_000)).toBe(89_000);
  expect(clock.roundTripMs).toBe(200);
});

it('starts anew when told to', () => {
  const clock = new RelayClock();
  clock.onReply(9_005, 0, 10);
  clock.reset();
  expect(clock.at(1)).toBeNull();
});
