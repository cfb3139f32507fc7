import { describe, expect, it } from 'vitest';
import { Capability } from '../gen/av1relay/v1/common_pb';
import { capabilitiesFrom, seatFrom, whyOf } from './joining';

const seat = { session: 's', token: 't', expiresAt: '2026-01-01T00:00:00Z', capabilities: ['see'], whepUrl: '/whep/s' };

describe('a seat', () => {
  it('is read from what the relay answers', () => {
    expect(seatFrom(seat)).toEqual({ ...seat, today: null });
  });

  it("knows today's step, where there is one", () => {
    const step = { step: 'Watch maths from home', whoIsThere: 'Ms Khan and the class', lesson: 'Maths' };
    expect(seatFrom({ ...seat, today: step })?.today).toEqual(step);
    expect(seatFrom({ ...seat, today: { step: 'Watch', lesson: null } })?.today).toEqual({ step: 'Watch', whoIsThere: '', lesson: '' });
  });

  it.each([7, 'step', {}, { step: '' }, { step: 7, whoIsThere: 'x' }])('shows no step that is %j', (today) => {
    expect(seatFrom({ ...seat, today })?.today).toBeNull();
  });

  it.each([null, 7, {}, { ...seat, token: 1 }, { ...seat, whepUrl: 'https://elsewhere/whep/s' }, { ...seat, whepUrl: '//elsewhere/whep' }])(
    'is not made of %j',
    (json) => expect(seatFrom(json)).toBeNull(),
  );
});

it('understands capability names in any case', () => {
  const names = ['see', 'lookAround', 'lights-and-hand', 'BE_SEEN', 'fly'];
  expect([...capabilitiesFrom(names)]).toEqual([Capability.SEE, Capability.LOOK_AROUND, Capability.LIGHTS_AND_HAND, Capability.BE_SEEN]);
});

it.each([
  [404, 'unknown'],
  [410, 'stale'],
  [429, 'tooMany'],
  [503, 'notNow'],
])('tells %i apart as %s', (status, why) => expect(whyOf(status)).toBe(why));
