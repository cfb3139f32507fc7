import { describe, expect, it } from 'vitest';
import { Capability } from '../gen/av1relay/v1/common_pb';
import { aheadFrom, capabilitiesFrom, refusalOf, seatFrom, whyOf } from './joining';

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

describe('what stands in the way', () => {
  const problem = { title: 'This session begins at 10:05.', detail: 'You can wait here, or come back then.' };

  it("is told in the school's own words, and when to ask again", () => {
    expect(refusalOf(409, '60', problem)).toEqual({
      kind: 'refused',
      why: 'notNow',
      words: 'This session begins at 10:05. You can wait here, or come back then.',
      waitMs: 60_000,
    });
  });

  it('is nothing to wait for where the school does not say so', () => expect(refusalOf(409, null, problem).waitMs).toBeNull());

  it.each([404, 410, 429, 503])('has words of the page with status %i', (status) => {
    expect(refusalOf(status, '60', problem)).toMatchObject({ words: '', waitMs: null });
  });

  it.each([null, 7, 'x', {}, { title: 7 }])('has no words in %j', (json) =>
    expect(refusalOf(409, 'soon', json)).toMatchObject({ words: '', waitMs: null }),
  );
});

describe('what comes', () => {
  it('is read from what the relay answers', () => {
    const today = { step: 'Watch maths', whoIsThere: '', lesson: 'Maths' };
    expect(aheadFrom({ capabilities: ['see', 7], today, beginsAt: '10:05' })).toEqual({ capabilities: ['see'], today, beginsAt: '10:05' });
    expect(aheadFrom({ capabilities: [], today: null, beginsAt: null })).toEqual({ capabilities: [], today: null, beginsAt: '' });
  });

  it.each([null, 7, {}, { capabilities: 'see' }])('is not made of %j', (json) => expect(aheadFrom(json)).toBeNull());
});
