/** Finds the pairs of a query or form, before anything in them is decoded. */

/** Null for a name without `=`. */
export type RawPair = readonly [name: string, value: string | null];

const ODD_START = /^(?:amp;|[#?])/;
/** An ampersand that was escaped for HTML, once or more often, stands in front of what follows it. */
const HTML_AMPERSAND = /^(?:amp;|#0*38;|#[xX]0*26;)+/;
/** What is no name of its own but goes on with the value before: `Black & Decker`, `&#1513;`. */
const CONTINUES = /^(?:[+ ]|%20|#(?:\d{3,7}|[xX][0-9a-fA-F]{2,6});)/;
/** A second question mark: a value without punctuation, the mark, and a name. */
const SECOND_QUERY = /^([\w,~-]*(?:\.\d+)?)\?+(?=[A-Za-z_][\w.\-[\]%]*=)/;
const QUESTION_MARKS = /^\?+/;
/** What is left of a second question mark that was given an ampersand too: `kind=3?&CallID=1`. */
const NUMBER_AND_MARK = /^\d+\?$/;
const BY_SEMICOLON = /^[\w.-]+=[^;&@:]*(?:; ?[\w.-]+=[^;&@:]*)+;?$/;
const BY_LINE = /^[\w.[\]-]+=[^\r\n]*(?:\r?\n[\w.[\]-]+=[^\r\n]*)+$/;
/** A query that was escaped once more as a whole. */
const ESCAPED_WHOLE = /^(?:%3F)?[\w.\-[\]]+%3D/i;

/**
 * The pairs in their order, empty ones left out, of the text of a form or of a query with or without its question mark.
 *
 * PBXs whose URL is typed by people send what people typed: `&amp;` for `&`, one question mark too many where the PBX adds
 * its own to a URL that has one, a whole query escaped twice.
 */
export function* splitPairs(text: string): Generator<RawPair> {
  let pending: RawPair | undefined;
  for (const piece of piecesOf(trimmed(text).replace(QUESTION_MARKS, ''))) {
    const plain = ODD_START.test(piece)
      ? piece.replace(HTML_AMPERSAND, '').replace(QUESTION_MARKS, '')
      : piece;
    if (plain === '') continue;
    if (pending?.[1] != null && !plain.includes('=') && CONTINUES.test(plain)) {
      pending = [pending[0], `${pending[1]}&${plain}`];
      continue;
    }
    for (const pair of pairsIn(plain)) {
      if (pending) yield pending;
      pending = pair;
    }
  }
  if (pending) yield pending;
}

function piecesOf(text: string): string[] {
  if (!text.includes('=') && ESCAPED_WHOLE.test(text)) return piecesOf(unescapedOnce(text));
  if (!text.includes('&')) {
    if (text.includes(';') && BY_SEMICOLON.test(text)) return text.split(/; ?/);
    if (text.includes('\n') && BY_LINE.test(text)) return text.split(/\r?\n/);
  }
  return text.split('&');
}

/** Bytes stay escaped, whatever encoding they are in. */
function unescapedOnce(text: string): string {
  return text
    .replace(QUESTION_MARKS, '')
    .replace(/%([0-7][0-9a-fA-F])/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(QUESTION_MARKS, '');
}

function* pairsIn(piece: string): Generator<RawPair> {
  let rest = piece;
  for (;;) {
    const equals = rest.indexOf('=');
    if (equals === -1) {
      yield [rest, null];
      return;
    }
    const name = rest.slice(0, equals);
    const value = rest.slice(equals + 1);
    const second = value.includes('?') ? SECOND_QUERY.exec(value) : null;
    if (second === null) {
      yield [name, value.endsWith('?') && NUMBER_AND_MARK.test(value) ? value.slice(0, -1) : value];
      return;
    }
    yield [name, second[1] ?? ''];
    rest = value.slice(second[0].length);
  }
}

/** Without blanks of ASCII at either end: those of Unicode are parts of characters here. */
function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && text.charCodeAt(from) <= 32) from += 1;
  while (to > from && text.charCodeAt(to - 1) <= 32) to -= 1;
  return text.slice(from, to);
}
