/** Finds the pairs of a query or form, before anything in them is decoded. */

/** Null for a name without `=`. */
export type RawPair = readonly [name: string, value: string | null];
export type KnowsName = (name: string) => boolean;

const knowsNone: KnowsName = () => false;

const ODD_START = /^(?:amp;|[#?])/;
/** An ampersand that was escaped for HTML, once or more often, stands in front of what follows it. */
const HTML_AMPERSAND = /^(?:amp;|#0*38;|#[xX]0*26;)+/;
/** What is no name of its own but goes on with the value before: `Black & Decker`, `&#1513;`. */
const CONTINUES = /^(?:[+ ]|%20|#(?:\d{3,7}|[xX][0-9a-fA-F]{2,6});)/;
/** A second question mark: a value without punctuation, the mark, and any name. */
const SECOND_QUERY = /^([\w,~-]*(?:\.\d+)?)\?+(?=[A-Za-z_][\w.\-[\]%]*=)/;
/** What may part a value from a name that is known. An escaped one does, as whoever escapes values escapes their `=` as well. */
const KNOWN_BORDER = /(\?|;|%3[FfBb]|%26(?:amp(?:;|%3[Bb]))?)(?=([A-Za-z_][\w-]{0,40})=)/g;
const BORDERS = /[?;]|%3[FfBb]|%26/;
/** What has parameters of its own: an address with or without its scheme, escaped or not, a path, a URI of telephony. */
const ADDRESS =
  /^(?:[+ "<]|%20|%22|%3C)*(?:(?:\/|%2F)[^?]|www\.|(?:sips?|tel|mailto|data)(?::|%3A)|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|%2F)(?!\?|%3F))/i;
const SCHEME = /:\/\/|%3A%2F%2F/i;
/** A file that a server answers by. */
const FILE =
  /\.(?:php\d?|phtml|aspx?|ashx|jsp|cgi|do|pl|py|html?|js|json|xml|mp3|wav|ogg|gsm|m4a)(?:\/|%2F)?$/i;
const LONGEST_ENDING = 12;
const LONGEST_NAME = 50;
/** Parameters of SIP's and telephone numbers' URIs: `0501234567;ext=5`. */
const OF_URIS: ReadonlySet<string> = new Set(['ext', 'phone', 'cause', 'type']);
const QUESTION_MARKS = /^\?+/;
/** What is left of a second question mark that was given an ampersand too: `kind=3?&CallID=1`. */
const NUMBER_AND_MARK = /^(\d+)\/?\?$/;
const BY_SEMICOLON = /^[\w.-]+=[^;&@:]*(?:; ?[\w.-]+=[^;&@:]*)+;?$/;
const BY_LINE = /^[\w.[\]-]+=[^\r\n]*(?:\r?\n[\w.[\]-]+=[^\r\n]*)+$/;
/** A query that was escaped once more as a whole. */
const ESCAPED_WHOLE = /^(?:%3F)?[\w.\-[\]]+%3D/i;

/**
 * The pairs in their order, empty ones left out, of the text of a form or of a query with or without its question mark.
 *
 * PBXs whose URL is typed by people send what people typed: `&amp;` for `&`, one question mark too many where the PBX adds
 * its own to a URL that has one, a whole query escaped twice.
 *
 * @param knows  whether a name is one of those that are waited for: it is believed where another would be a part of a value
 */
export function* splitPairs(text: string, knows: KnowsName = knowsNone): Generator<RawPair> {
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
    for (const pair of pairsIn(plain, knows)) {
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

function* pairsIn(piece: string, knows: KnowsName): Generator<RawPair> {
  let rest = piece;
  for (;;) {
    const equals = rest.indexOf('=');
    if (equals === -1) {
      yield [rest, null];
      return;
    }
    const name = rest.slice(0, equals);
    // A word alone in front of the mark: `?dial-in?CallID=1`.
    const begun = bareWord(name, knows);
    if (begun) {
      if (begun[0] !== '') yield [begun[0], null];
      rest = rest.slice(begun[1]);
      continue;
    }
    const value = rest.slice(equals + 1);
    const next = BORDERS.test(value) ? nextPair(value, knows) : undefined;
    if (next === undefined) {
      yield [name, value.endsWith('?') ? (NUMBER_AND_MARK.exec(value)?.[1] ?? value) : value];
      return;
    }
    yield [name, next[0]];
    rest = value.slice(next[1]);
  }
}

/** Where another pair begins within a value, and what stands before it. */
type NextPair = readonly [before: string, at: number];

function nextPair(value: string, knows: KnowsName): NextPair | undefined {
  if (ADDRESS.test(value)) return undefined;
  const second = SECOND_QUERY.exec(value);
  let seen = 0;
  // What lies further is looked at when its turn comes: else a thousand pairs would each be looked for in all that follows.
  const within = second ? value.slice(0, second[0].length + LONGEST_NAME) : value;
  for (const found of within.matchAll(KNOWN_BORDER)) {
    const [border, , name = ''] = found;
    const at = found.index;
    // Behind an address everything may be the address's own.
    if ((second && at >= second[0].length) || SCHEME.test(value.slice(seen, at))) break;
    seen = Math.max(0, at - LONGEST_ENDING);
    if (!knows(name) || (border === ';' && OF_URIS.has(name.toLowerCase()))) continue;
    if (FILE.test(value.slice(Math.max(0, at - LONGEST_ENDING), at))) continue;
    return [withoutMark(value, at), at + border.length];
  }
  return second ? [second[1] ?? '', second[0].length] : undefined;
}

/** The slash of `kind=0/?CallID=1` is not the value's either. */
function withoutMark(value: string, at: number): string {
  let end = at;
  while (value[end - 1] === '?') end -= 1;
  if (value[at] === '?' && value[end - 1] === '/') end -= 1;
  return value.slice(0, end);
}

function bareWord(name: string, knows: KnowsName): NextPair | undefined {
  const mark = /\?+|%3F/i.exec(name);
  if (!mark) return undefined;
  const at = mark.index + mark[0].length;
  return mark[0].startsWith('?') || knows(name.slice(at)) ? [name.slice(0, mark.index), at] : undefined;
}

/** Without blanks of ASCII at either end: those of Unicode are parts of characters here. */
function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && text.charCodeAt(from) <= 32) from += 1;
  while (to > from && text.charCodeAt(to - 1) <= 32) to -= 1;
  return text.slice(from, to);
}
