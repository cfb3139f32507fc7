/**
 * SDP fragments for an ICE restart by PATCH (RFC 8840 §9, RFC 9725 §4.3). A restart changes only the ICE
 * credentials and candidates; everything else of the old answer goes on.
 */

export interface IceParameters {
  readonly ufrag: string;
  readonly pwd: string;
  readonly candidates: readonly string[]; // whole lines, "a=candidate:…"
}

/** The fragment that tells the relay our new credentials, cut from a local description. */
export function fragmentOf(localSdp: string): string | null {
  const lines = linesOf(localSdp);
  const ice = iceOf(localSdp);
  const media = lines.find((line) => line.startsWith('m='));
  const mid = lines.find((line) => line.startsWith('a=mid:'));
  if (!ice || !media || !mid) return null;
  const bundle = lines.find((line) => line.startsWith('a=group:BUNDLE'));
  const head = ['a=ice-options:trickle ice2', ...(bundle ? [bundle] : [])];
  return [...head, media, mid, `a=ice-ufrag:${ice.ufrag}`, `a=ice-pwd:${ice.pwd}`, ''].join('\r\n');
}

/** The first ICE credentials of a description or fragment (all bundled sections share one), and its candidates. */
export function iceOf(sdp: string): IceParameters | null {
  const lines = linesOf(sdp);
  const ufrag = valueAfter(lines, 'a=ice-ufrag:');
  const pwd = valueAfter(lines, 'a=ice-pwd:');
  if (!ufrag || !pwd) return null;
  const candidates = [...new Set(lines.filter((line) => line.startsWith('a=candidate:')))];
  return { ufrag, pwd, candidates };
}

/** The relay's earlier answer with the credentials (and, where told, the candidates) of its fragment. */
export function answerAfterRestart(earlierAnswer: string, fragment: string): string | null {
  const ice = iceOf(fragment);
  if (!ice) return null;
  const moved = ice.candidates.length > 0;
  const out: string[] = [];
  for (const line of linesOf(earlierAnswer)) {
    if (line.startsWith('a=ice-ufrag:')) out.push(`a=ice-ufrag:${ice.ufrag}`);
    else if (line.startsWith('a=ice-pwd:')) {
      out.push(`a=ice-pwd:${ice.pwd}`);
      if (moved && hasMedia(out)) out.push(...ice.candidates);
    } else if (!(moved && line.startsWith('a=candidate:'))) out.push(line);
  }
  // Credentials at session level: the candidates still belong to a media section.
  if (moved && !out.some((line) => line.startsWith('a=candidate:'))) {
    const end = out.findIndex((line, index) => line.startsWith('m=') && index > out.findIndex((l) => l.startsWith('m=')));
    out.splice(end < 0 ? out.length : end, 0, ...ice.candidates);
  }
  return `${out.join('\r\n')}\r\n`;
}

function hasMedia(lines: readonly string[]): boolean {
  return lines.some((line) => line.startsWith('m='));
}

function linesOf(sdp: string): string[] {
  return sdp.split(/\r\n|\n/).filter((line) => line.length > 0);
}

function valueAfter(lines: readonly string[], prefix: string): string | null {
  return lines.find((line) => line.startsWith(prefix))?.slice(prefix.length) ?? null;
}
