/** WHEP over HTTP: POST an offer, PATCH to restart ICE, DELETE to leave. Knows nothing of WebRTC objects. */

export type WhepOutcome =
  | { readonly kind: 'created'; readonly answer: string; readonly resource: string; readonly iceServers: readonly RTCIceServer[] }
  | { readonly kind: 'restarted'; readonly fragment: string }
  | { readonly kind: 'refused'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'unreachable' };

export async function offer(url: string, token: string, sdp: string, signal: AbortSignal): Promise<WhepOutcome> {
  const response = await send(url, 'POST', token, signal, sdp, 'application/sdp');
  if (!response) return { kind: 'unreachable' };
  const location = response.headers.get('Location');
  if (response.status !== 201 || !location) return refusal(response);
  const answer = await bodyOf(response);
  if (answer === null) return { kind: 'unreachable' };
  // Only the path: behind a proxy the relay may name itself by another scheme or host.
  const resource = new URL(location, new URL(url, window.location.href));
  return { kind: 'created', answer, resource: resource.pathname + resource.search, iceServers: iceServersOf(response.headers.get('Link')) };
}

export async function restart(resource: string, token: string, fragment: string, signal: AbortSignal): Promise<WhepOutcome> {
  // RFC 9725 §4.3.2: a restart is not bound to one ICE generation.
  const response = await send(resource, 'PATCH', token, signal, fragment, 'application/trickle-ice-sdpfrag', { 'If-Match': '*' });
  if (!response) return { kind: 'unreachable' };
  if (response.status !== 200) return refusal(response);
  const body = await bodyOf(response);
  return body === null ? { kind: 'unreachable' } : { kind: 'restarted', fragment: body };
}

/** Best effort, and allowed to outlive the page: the robot should go dark at once, not when the relay gives up on us. */
export function hangUp(resource: string, token: string): void {
  void fetch(resource, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` }, keepalive: true }).catch(() => undefined);
}

/** Reads RFC 9725 §4.6 `Link: <turn:…>; rel="ice-server"; username=…; credential=…` headers. */
export function iceServersOf(link: string | null): RTCIceServer[] {
  const servers: RTCIceServer[] = [];
  for (const entry of link?.match(/<[^>]*>[^<]*/g) ?? []) {
    const url = /^<((?:stun|turn)s?:[^>]+)>/i.exec(entry)?.[1];
    if (!url || !/;\s*rel="?ice-server"?/i.test(entry)) continue;
    const username = parameter(entry, 'username');
    const credential = parameter(entry, 'credential');
    servers.push(username && credential ? { urls: url, username, credential } : { urls: url });
  }
  return servers;
}

/** Retry-After in ms: seconds or an HTTP date (RFC 9110 §10.2.3); bounded, so that no clock can strand a pupil. */
export function retryAfterMs(header: string | null, unixNowMs: number): number | null {
  if (!header) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - unixNowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 200), 30_000) : null;
}

function refusal(response: Response): WhepOutcome {
  return { kind: 'refused', status: response.status, retryAfterMs: retryAfterMs(response.headers.get('Retry-After'), Date.now()) };
}

async function send(
  url: string,
  method: string,
  token: string,
  signal: AbortSignal,
  body: string,
  type: string,
  more: Record<string, string> = {},
): Promise<Response | null> {
  try {
    return await fetch(url, { method, body, signal, headers: { Authorization: `Bearer ${token}`, 'Content-Type': type, ...more } });
  } catch {
    return null; // no network, or aborted
  }
}

async function bodyOf(response: Response): Promise<string | null> {
  try {
    return await response.text();
  } catch {
    return null;
  }
}

function parameter(entry: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;,\\s]+))`, 'i').exec(entry);
  return match?.[1] ?? match?.[2] ?? null;
}
