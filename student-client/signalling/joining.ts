import { Capability } from '../gen/av1relay/v1/common_pb';

/** What a used code gives: kept in this tab only, so that a reload goes on and closing the tab forgets. */
export interface Seat {
  readonly session: string;
  readonly token: string;
  readonly expiresAt: string; // ISO 8601
  readonly capabilities: readonly string[];
  readonly whepUrl: string;
  readonly today: Today | null;
}

/** Today's small step. A technician's session has none. */
export interface Today {
  readonly step: string;
  readonly whoIsThere: string;
  readonly lesson: string;
}

export type JoinOutcome =
  | { readonly kind: 'joined'; readonly seat: Seat }
  | { readonly kind: 'refused'; readonly why: 'unknown' | 'stale' | 'tooMany' | 'notNow' | 'unreachable' };

/** Uses the code up. Only ever called after the pupil's own tap. */
export async function join(code: string, signal: AbortSignal): Promise<JoinOutcome> {
  let response: Response;
  try {
    response = await fetch(`/join/${encodeURIComponent(code)}`, { method: 'POST', signal, headers: { Accept: 'application/json' } });
    if (response.ok) {
      const seat = seatFrom(await response.json());
      return seat ? { kind: 'joined', seat } : { kind: 'refused', why: 'notNow' };
    }
  } catch {
    return { kind: 'refused', why: 'unreachable' };
  }
  return { kind: 'refused', why: whyOf(response.status) };
}

export function whyOf(status: number): 'unknown' | 'stale' | 'tooMany' | 'notNow' {
  if (status === 400 || status === 404) return 'unknown';
  if (status === 410) return 'stale';
  return status === 429 ? 'tooMany' : 'notNow';
}

/** Reads a seat from JSON that may be anything; null when it is not one. */
export function seatFrom(json: unknown): Seat | null {
  if (typeof json !== 'object' || json === null) return null;
  const { session, token, expiresAt, capabilities, whepUrl, today } = json as Record<string, unknown>;
  if (typeof session !== 'string' || typeof token !== 'string' || typeof whepUrl !== 'string') return null;
  if (!whepUrl.startsWith('/') || whepUrl.startsWith('//')) return null; // the token goes nowhere else
  return {
    session,
    token,
    whepUrl,
    expiresAt: typeof expiresAt === 'string' ? expiresAt : '',
    capabilities: Array.isArray(capabilities) ? capabilities.filter((name): name is string => typeof name === 'string') : [],
    today: todayFrom(today),
  };
}

function todayFrom(json: unknown): Today | null {
  if (typeof json !== 'object' || json === null) return null;
  const { step, whoIsThere, lesson } = json as Record<string, unknown>;
  return typeof step === 'string' && step !== '' ? { step, whoIsThere: wordsOf(whoIsThere), lesson: wordsOf(lesson) } : null;
}

const wordsOf = (json: unknown) => (typeof json === 'string' ? json : '');

const byName: Readonly<Record<string, Capability>> = {
  see: Capability.SEE,
  zoom: Capability.ZOOM,
  hear: Capability.HEAR,
  lookaround: Capability.LOOK_AROUND,
  lightsandhand: Capability.LIGHTS_AND_HAND,
  expressions: Capability.EXPRESSIONS,
  whisper: Capability.WHISPER,
  speak: Capability.SPEAK,
  beseen: Capability.BE_SEEN,
};

/** Capabilities by name, however they are cased or hyphenated; unknown names count as not granted. */
export function capabilitiesFrom(names: readonly string[]): ReadonlySet<Capability> {
  const known = names.map((name) => byName[name.toLowerCase().replace(/[^a-z]/g, '')]);
  return new Set(known.filter((capability): capability is Capability => capability !== undefined));
}
