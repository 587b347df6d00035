/** How values are put into bodies, so that data never becomes markup. */
import { escapeXml } from '#dialects';
import { percentEncoded } from '../content/url-values.js';
import { type Piece, type Placeholder, asText, filled, valueOf } from '#domain';

export type BodyKind = 'json' | 'form' | 'xml' | 'text';
export type BodyWriter = (context: unknown) => string;
export type BodyReading = { ok: true; write: BodyWriter } | { ok: false; problem: string };

/** A media type without parameters decides; what is none of these is plain text, where nothing needs escaping. */
export function bodyKindOf(contentType: string): BodyKind {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (/[/+]json$/.test(type)) return 'json';
  return /[/+]xml$/.test(type) || type === 'text/html' ? 'xml' : 'text';
}

export function readBody(pieces: readonly Piece[], kind: BodyKind): BodyReading {
  if (kind === 'json') return readJsonBody(pieces);
  const escape = ESCAPE[kind];
  return { ok: true, write: (context) => filled(pieces, (hole) => escape(asText(valueOf(hole, context)))) };
}

const ESCAPE: Readonly<Record<Exclude<BodyKind, 'json'>, (value: string) => string>> = {
  form: percentEncoded,
  // Quotes too, for values in attributes.
  xml: (value) => escapeXml(value).replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
  text: (value) => value,
};

/**
 * In a JSON text, a placeholder inside a string is a part of that string; anywhere else it is a JSON value, `null` when there
 * is none. The text must be JSON with an `x` in the place of the former and `null` in that of the latter, which no
 * placeholder survives that cuts an escape in two, stands for a member's name or touches another value: so it is JSON with
 * every other value as well.
 */
function readJsonBody(pieces: readonly Piece[]): BodyReading {
  const inString = placesInStrings(pieces);
  const probe = filled(pieces, (hole) => (inString.has(hole) ? 'x' : 'null'));
  try {
    JSON.parse(probe);
  } catch (error) {
    return { ok: false, problem: `With values in it this would not be JSON: ${(error as Error).message}` };
  }
  const write: BodyWriter = (context) =>
    filled(pieces, (hole) => {
      const value = valueOf(hole, context);
      return inString.has(hole) ? JSON.stringify(asText(value)).slice(1, -1) : JSON.stringify(value ?? null);
    });
  return { ok: true, write };
}

function placesInStrings(pieces: readonly Piece[]): Set<Placeholder> {
  const found = new Set<Placeholder>();
  let inString = false;
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      if (inString) found.add(piece);
      continue;
    }
    for (let at = 0; at < piece.length; at += 1) {
      if (piece[at] === '"') inString = !inString;
      else if (inString && piece[at] === '\\') at += 1;
    }
  }
  return found;
}
