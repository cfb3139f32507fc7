/**
 * The life of the pupil's media connection as a pure function: (state, event) → (state, effects).
 *
 * Nothing here touches the network, the page or a clock: `now` (ms, monotonic) and a `dice` (0 ≤ dice < 1)
 * come in with every event. `call.ts` carries the effects out.
 *
 * The one idea: trust packets first. While anything arrives on the transport the connection is alive, whatever
 * else says. When it falls silent, ask /healthz; as soon as that answers, restart ICE (PATCH), and if the
 * relay no longer knows us, call again (POST).
 */

export type Phase =
  | 'idle' // before the pupil's tap
  | 'calling' // POST under way
  | 'checking' // answered; ICE and DTLS under way
  | 'flowing' // the path is up
  | 'lost' // the path or the relay is gone; asking /healthz
  | 'restarting' // PATCH under way, or done and no packet yet
  | 'waiting' // told to come back later
  | 'over';

export type OverReason =
  | 'left'
  | 'ended' // by the teacher, or the window is over
  | 'expired' // the token is no longer good
  | 'notAllowed'
  | 'gone' // no such session
  | 'elsewhere' // somebody else is in the pupil's seat
  | 'cannotPlay' // no codec in common
  | 'broken'; // the relay does not understand this page

export interface Connection {
  readonly phase: Phase;
  /** When the phase began. */
  readonly since: number;
  /** Counts calls; whatever an earlier call still reports is ignored. */
  readonly call: number;
  /** Whether there is something at the relay that PATCH could restart. */
  readonly hasResource: boolean;
  readonly peer: 'new' | 'connected' | 'disconnected' | 'failed';
  /** Grows with each packet that arrives on the transport (media or connectivity check). */
  readonly received: number;
  readonly receivedAt: number;
  /** Media should be arriving, as far as the relay's state says. */
  readonly expecting: boolean;
  /** The relay's own view of whether we are in the room; null while unknown. */
  readonly seen: boolean | null;
  readonly watchLostAt: number | null;
  readonly probedAt: number;
  readonly nextProbeAt: number;
  readonly probeFailedAt: number | null;
  readonly retryAt: number;
  /** Refusals in a row that may yet pass. */
  readonly refusals: number;
  /** Calls in a row that were answered but never connected: a network that blocks the media path. */
  readonly unheardCalls: number;
  readonly everFlowed: boolean;
  readonly over: OverReason | null;
}

export type ConnectionEvent =
  | { readonly kind: 'start' | 'tick' | 'shown' | 'online' | 'offline' | 'leave' }
  | { readonly kind: 'answered' | 'unreachable' | 'restarted'; readonly call: number }
  | { readonly kind: 'refused' | 'restartRefused'; readonly call: number; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'peer'; readonly call: number; readonly state: Connection['peer'] }
  | { readonly kind: 'received'; readonly call: number; readonly total: number }
  | { readonly kind: 'probed'; readonly ok: boolean }
  | { readonly kind: 'watch'; readonly what: 'lost' | 'ended' | 'expired' | 'notAllowed' }
  | { readonly kind: 'room'; readonly expecting: boolean; readonly seen: boolean };

export type Effect =
  | { readonly kind: 'call'; readonly call: number } // POST with a new peer connection
  | { readonly kind: 'restart'; readonly call: number } // PATCH
  | { readonly kind: 'probe' } // GET /healthz
  | { readonly kind: 'stopProbes' }
  | { readonly kind: 'reopenWatch' } // the stream may hang on a dead connection: start it again now
  | { readonly kind: 'hangUp' }; // DELETE and close

export interface Step {
  readonly state: Connection;
  readonly effects: readonly Effect[];
}

/** All in ms. */
export const limits = {
  answer: 6_000,
  connect: 4_000,
  restart: 2_000,
  probeEveryLeast: 400,
  probeEverySpread: 400,
  probeGap: 700,
  silenceBeforeProbe: 1_000,
  /** With no media to come, only connectivity checks arrive, every 2.5 s or so. */
  idleBeforeProbe: 3_000,
  silenceWithDeadRelay: 500,
  /** How long a silence is borne before ICE is restarted, by what else is known. */
  silence: { watchLost: 700, unseen: 1_500, expecting: 3_500, idle: 7_000 },
} as const;

export const initialConnection: Connection = {
  phase: 'idle',
  since: 0,
  call: 0,
  hasResource: false,
  peer: 'new',
  received: 0,
  receivedAt: 0,
  expecting: false,
  seen: null,
  watchLostAt: null,
  probedAt: Number.NEGATIVE_INFINITY,
  nextProbeAt: 0,
  probeFailedAt: null,
  retryAt: 0,
  refusals: 0,
  unheardCalls: 0,
  everFlowed: false,
  over: null,
};

export function reduce(state: Connection, event: ConnectionEvent, now: number, dice: number): Step {
  if ('call' in event && event.call !== state.call) return stay(state);
  if (state.phase === 'over') return stay(state);

  switch (event.kind) {
    case 'start':
      return state.phase === 'idle' ? call(state, now) : stay(state);
    case 'leave':
      return end(state, 'left', now);
    case 'answered':
      return state.phase === 'calling' ? stay(enter({ ...state, hasResource: true, refusals: 0 }, 'checking', now)) : stay(state);
    case 'unreachable':
      return state.phase === 'calling' || state.phase === 'restarting' ? lose(state, now, dice) : stay(state);
    case 'refused':
      return state.phase === 'calling' ? onRefused(state, event.status, event.retryAfterMs, now, dice) : stay(state);
    case 'restarted':
      return stay(state); // packets will tell
    case 'restartRefused':
      return state.phase === 'restarting' ? onRestartRefused(state, event.status, event.retryAfterMs, now, dice) : stay(state);
    case 'peer':
      return onPeer(state, event.state, now, dice);
    case 'received':
      return onReceived(state, event.total, now);
    case 'probed':
      return onProbed(state, event.ok, now, dice);
    case 'watch':
      return onWatch(state, event.what, now);
    case 'room':
      return stay({ ...state, expecting: event.expecting, seen: event.seen });
    case 'shown':
    case 'online':
    case 'offline':
      // navigator.onLine is only a hint (a machine with nothing but loopback is "offline"): go and see.
      return state.phase === 'flowing' || state.phase === 'lost' ? probe(state, now, dice) : stay(state);
    case 'tick':
      return onTick(state, now, dice);
  }
}

/** Whether starting over with the same seat can help. */
export function canRetry(over: OverReason | null): boolean {
  return over === 'notAllowed' || over === 'gone' || over === 'elsewhere' || over === 'cannotPlay' || over === 'broken';
}

function onTick(state: Connection, now: number, dice: number): Step {
  const age = now - state.since;
  switch (state.phase) {
    case 'calling':
      return age >= limits.answer ? lose(state, now, dice) : stay(state);
    case 'checking':
      return age >= limits.connect ? call({ ...state, unheardCalls: state.unheardCalls + 1 }, now) : stay(state);
    case 'restarting':
      return age >= limits.restart ? call(state, now) : stay(state);
    case 'waiting':
      return now >= state.retryAt ? call(state, now) : stay(state);
    case 'lost':
      return now >= state.nextProbeAt ? probe(state, now, dice) : stay(state);
    case 'flowing': {
      const silence = now - state.receivedAt;
      const relayIsDead = state.probeFailedAt !== null && now - state.probeFailedAt < 2_000;
      if (relayIsDead && silence >= limits.silenceWithDeadRelay) return lose(state, now, dice);
      const patience = state.expecting ? limits.silenceBeforeProbe : limits.idleBeforeProbe;
      const worthAsking = silence >= Math.min(patience, tolerance(state));
      return worthAsking && now - state.probedAt >= limits.probeGap ? probe(state, now, dice) : stay(state);
    }
    default:
      return stay(state);
  }
}

function onProbed(state: Connection, ok: boolean, now: number, dice: number): Step {
  const next = { ...state, probeFailedAt: ok ? null : now };
  if (state.phase === 'lost') {
    if (!ok) return stay(next);
    const canRestart = state.hasResource && state.peer !== 'new';
    const step = canRestart ? restart(next, now) : call(next, now);
    return { state: step.state, effects: [{ kind: 'stopProbes' }, ...step.effects, { kind: 'reopenWatch' }] };
  }
  if (state.phase !== 'flowing') return stay(next);
  const silence = now - state.receivedAt;
  if (ok) return silence >= tolerance(state) ? restart(next, now) : stay(next);
  return silence >= limits.silenceWithDeadRelay ? lose(next, now, dice) : stay(next);
}

function onReceived(state: Connection, total: number, now: number): Step {
  if (total <= state.received) return stay({ ...state, received: total }); // a candidate pair left the sum: a new baseline
  const next = { ...state, received: total, receivedAt: now };
  switch (state.phase) {
    case 'lost':
    case 'restarting':
      return state.peer === 'connected' ? flow(next, now) : stay(next);
    case 'flowing': {
      // Packets from just before a relay died are still being counted; give them a moment.
      const outlived = state.watchLostAt !== null && now - state.watchLostAt > 400;
      return stay(outlived ? { ...next, watchLostAt: null } : next);
    }
    default:
      return stay(next);
  }
}

function onPeer(state: Connection, peer: Connection['peer'], now: number, dice: number): Step {
  const next = { ...state, peer };
  if (peer === 'connected') {
    return state.phase === 'checking' || state.phase === 'lost' || state.phase === 'restarting' ? flow(next, now) : stay(next);
  }
  if (peer === 'disconnected') return state.phase === 'flowing' ? lose(next, now, dice) : stay(next);
  if (peer === 'failed') {
    if (state.phase === 'checking') return call({ ...next, unheardCalls: state.unheardCalls + 1 }, now);
    return state.phase === 'flowing' ? lose(next, now, dice) : stay(next);
  }
  return stay(next);
}

function onWatch(state: Connection, what: 'lost' | 'ended' | 'expired' | 'notAllowed', now: number): Step {
  if (what !== 'lost') return state.phase === 'idle' ? stay(state) : end(state, what, now);
  if (state.phase !== 'flowing') return stay(state);
  const next = { ...state, watchLostAt: now };
  return now - state.probedAt >= limits.probeGap ? { state: { ...next, probedAt: now }, effects: [{ kind: 'probe' }] } : stay(next);
}

function onRefused(state: Connection, status: number, retryAfterMs: number | null, now: number, dice: number): Step {
  const refusals = state.refusals + 1;
  const counted = { ...state, refusals };
  switch (status) {
    case 401:
      return end(state, 'expired', now);
    case 403:
      return end(state, 'notAllowed', now);
    case 409:
      return end(state, 'elsewhere', now);
    case 400:
    case 413:
    case 415:
      return end(state, 'broken', now);
    case 404: // a relay that has just started may not know the session yet
      return refusals >= 4 ? end(state, 'gone', now) : wait(counted, 700, now, dice);
    case 422: // the robot is asked to change its codec; give it time
      return refusals >= 5 ? end(state, 'cannotPlay', now) : wait(counted, 1_500, now, dice);
    case 429:
      return wait(counted, retryAfterMs ?? 3_000, now, dice);
    case 503:
      return wait(counted, retryAfterMs ?? 1_000, now, dice);
    default:
      return wait(counted, Math.min(500 * refusals, 4_000), now, dice);
  }
}

function onRestartRefused(state: Connection, status: number, retryAfterMs: number | null, now: number, dice: number): Step {
  if (status === 401 || status === 403) return end(state, status === 401 ? 'expired' : 'notAllowed', now);
  if (status === 429 || status === 503) return wait(state, retryAfterMs ?? 1_000, now, dice);
  return call(state, now); // 404, 412 and the rest: what we had is gone
}

function tolerance(state: Connection): number {
  if (state.watchLostAt !== null) return limits.silence.watchLost;
  if (state.seen === false) return limits.silence.unseen;
  return state.expecting ? limits.silence.expecting : limits.silence.idle;
}

function call(state: Connection, now: number): Step {
  const next: Connection = {
    ...enter(state, 'calling', now),
    call: state.call + 1,
    hasResource: false,
    peer: 'new',
    received: 0,
    seen: null,
  };
  return { state: next, effects: [{ kind: 'call', call: next.call }] };
}

function restart(state: Connection, now: number): Step {
  return { state: enter(state, 'restarting', now), effects: [{ kind: 'restart', call: state.call }] };
}

function flow(state: Connection, now: number): Step {
  const next = { ...enter(state, 'flowing', now), everFlowed: true, refusals: 0, unheardCalls: 0, receivedAt: now };
  const effects: Effect[] = state.phase === 'lost' ? [{ kind: 'stopProbes' }, { kind: 'reopenWatch' }] : [{ kind: 'stopProbes' }];
  return { state: { ...next, watchLostAt: null, probeFailedAt: null, seen: null }, effects };
}

function lose(state: Connection, now: number, dice: number): Step {
  return probe(enter(state, 'lost', now), now, dice);
}

function wait(state: Connection, ms: number, now: number, dice: number): Step {
  // Spread, so that a class that was sent away together does not come back together.
  return stay({ ...enter(state, 'waiting', now), retryAt: now + ms * (1 + 0.3 * dice) });
}

function probe(state: Connection, now: number, dice: number): Step {
  const nextProbeAt = now + limits.probeEveryLeast + limits.probeEverySpread * dice;
  return { state: { ...state, probedAt: now, nextProbeAt }, effects: [{ kind: 'probe' }] };
}

function end(state: Connection, over: OverReason, now: number): Step {
  return { state: { ...enter(state, 'over', now), over }, effects: [{ kind: 'stopProbes' }, { kind: 'hangUp' }] };
}

function enter(state: Connection, phase: Phase, now: number): Connection {
  return { ...state, phase, since: now };
}

function stay(state: Connection): Step {
  return { state, effects: [] };
}
