/** What a pupil types, pastes or opens, as the code of a link. */

/** The code in a page's path `/join/{code}`; null elsewhere. */
export function codeInPath(path: string): string | null {
  const found = /^\/join\/([^/]+)\/?$/.exec(path)?.[1];
  return found ? decode(found) : null;
}

/**
 * Tidies what was typed or pasted: a whole link, or words and a number with any space or dash between them, capitals, a full stop
 * that came along. Null when nothing is left.
 */
export function tidyCode(typed: string): string | null {
  const text = typed.trim();
  const inLink = /\/join\/([^/?#\s]+)/.exec(text)?.[1];
  if (inLink) return decode(inLink);
  const words = text.split(/[\s\-–—_.,+/]+/).filter((word) => word.length > 0);
  const joined = words.join('-').slice(0, 100);
  if (joined.length === 0) return null;
  // Words are written in any case by people and keyboards; other codes are left as they are.
  return /^[\p{L}\p{M}'-]+$/u.test(joined) ? joined.toLowerCase() : joined;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
