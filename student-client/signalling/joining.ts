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

/** What is seen before anybody comes in: nothing is live for it. */
export interface Ahead {
  readonly capabilities: readonly string[];
  readonly today: Today | null;
  readonly beginsAt: string; // the school's clock, 10:05; empty: it has begun
}

export type Why = 'unknown' | 'stale' | 'tooMany' | 'notNow' | 'unreachable';

export interface Refused {
  readonly kind: 'refused';
  readonly why: Why;
  /** The school's own words, kind and for the pupil; empty: it said none. */
  readonly words: string;
  /** After how long to ask again, where the school says that waiting helps; null: it does not. */
  readonly waitMs: number | null;
}

export type JoinOutcome = { readonly kind: 'joined'; readonly seat: Seat } | Refused;

export type LookOutcome = { readonly kind: 'seen'; readonly ahead: Ahead } | Refused;

/** Uses the code up. Only ever called after the pupil's own tap. */
export async function join(code: string, signal: AbortSignal): Promise<JoinOutcome> {
  const answer = await ask(`/join/${encodeURIComponent(code)}`, signal);
  if ('kind' in answer) return answer;
  const seat = seatFrom(answer.json);
  return seat ? { kind: 'joined', seat } : refused('notNow');
}

/** Shows today's step. The code stays good, and nobody comes in by it. */
export async function lookAhead(code: string, signal: AbortSignal): Promise<LookOutcome> {
  const answer = await ask(`/join/${encodeURIComponent(code)}/today`, signal);
  if ('kind' in answer) return answer;
  const ahead = aheadFrom(answer.json);
  return ahead ? { kind: 'seen', ahead } : refused('notNow');
}

async function ask(path: string, signal: AbortSignal): Promise<{ readonly json: unknown } | Refused> {
  try {
    const response = await fetch(path, { method: 'POST', signal, headers: { Accept: 'application/json' } });
    if (response.ok) return { json: await response.json() };
    return refusalOf(response.status, response.headers.get('Retry-After'), await response.json().catch(() => null));
  } catch {
    return refused('unreachable');
  }
}

const refused = (why: Why): Refused => ({ kind: 'refused', why, words: '', waitMs: null });

/** @param problem RFC 9457 problem details, or anything. */
export function refusalOf(status: number, retryAfter: string | null, problem: unknown): Refused {
  const seconds = /^\d{1,4}$/.test(retryAfter ?? '') ? Number(retryAfter) : null;
  return {
    kind: 'refused',
    why: whyOf(status),
    words: status === 409 ? wordsOfProblem(problem) : '', // others speak to programs, or the page has words of its own
    waitMs: status === 409 && seconds !== null ? seconds * 1_000 : null,
  };
}

export function whyOf(status: number): Why {
  if (status === 400 || status === 404) return 'unknown';
  if (status === 410) return 'stale';
  return status === 429 ? 'tooMany' : 'notNow';
}

const longestWords = 300;

function wordsOfProblem(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const { title, detail } = json as Record<string, unknown>;
  return [title, detail].map(wordsOf).filter(Boolean).join(' ').slice(0, longestWords);
}

export function aheadFrom(json: unknown): Ahead | null {
  if (typeof json !== 'object' || json === null) return null;
  const { capabilities, today, beginsAt } = json as Record<string, unknown>;
  return Array.isArray(capabilities)
    ? { capabilities: namesFrom(capabilities), today: todayFrom(today), beginsAt: wordsOf(beginsAt) }
    : null;
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
    capabilities: Array.isArray(capabilities) ? namesFrom(capabilities) : [],
    today: todayFrom(today),
  };
}

function todayFrom(json: unknown): Today | null {
  if (typeof json !== 'object' || json === null) return null;
  const { step, whoIsThere, lesson } = json as Record<string, unknown>;
  return typeof step === 'string' && step !== '' ? { step, whoIsThere: wordsOf(whoIsThere), lesson: wordsOf(lesson) } : null;
}

const namesFrom = (json: readonly unknown[]) => json.filter((name): name is string => typeof name === 'string');

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
