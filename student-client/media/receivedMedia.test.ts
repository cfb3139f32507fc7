import { describe, expect, it } from 'vitest';
import { countersOf, Heartbeat } from './receivedMedia';

describe('counters', () => {
  it('add up what arrives, over all paths and streams', () => {
    const report = [
      { type: 'candidate-pair', nominated: true, responsesReceived: 3, packetsReceived: 10, currentRoundTripTime: 0.04 },
      { type: 'candidate-pair', nominated: false, responsesReceived: 1 },
      {
        type: 'inbound-rtp',
        kind: 'video',
        packetsReceived: 100,
        framesDecoded: 30,
        jitterBufferDelay: 0.6,
        totalDecodeTime: 0.3,
        jitterBufferEmittedCount: 30,
      },
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: 50 },
      { type: 'outbound-rtp', kind: 'audio', packetsSent: 50 },
    ];
    expect(countersOf(report)).toEqual({
      arrived: 164,
      framesDecoded: 30,
      audioPackets: 50,
      videoWaitedSeconds: 0.8999999999999999,
      videoEmitted: 30,
      roundTripSeconds: 0.04,
    });
  });

  it('bear a browser that tells little', () => {
    expect(countersOf([{ type: 'inbound-rtp', kind: 'video', framesDecoded: 'many' }, { type: 'codec' }])).toMatchObject({
      arrived: 0,
      framesDecoded: 0,
    });
  });
});

describe('a heartbeat', () => {
  it('is unknown until something comes', () => {
    const beat = new Heartbeat();
    beat.on(0, 0);
    expect(beat.stillFor(10_000)).toBeNull();
  });

  it('tells how long it has been still, also across a new connection', () => {
    const beat = new Heartbeat();
    beat.on(10, 0);
    beat.on(20, 250);
    beat.on(20, 500);
    expect(beat.stillFor(500)).toBe(250);
    beat.on(0, 750);
    expect(beat.stillFor(750)).toBe(500);
    beat.on(2, 1_000);
    expect(beat.stillFor(1_000)).toBe(0);
  });
});
