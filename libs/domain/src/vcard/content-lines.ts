/** Takes a text of vCards apart into properties, without an idea of what they mean. */
import { readParameters, type PropertyParameters } from './property-parameters.js';
import { fromQuotedPrintable, isSoftBroken, joinedQuotedPrintable } from './quoted-printable.js';

export interface ContentLine {
  /** Where it begins, from 1. */
  line: number;
  /** `item1` of `item1.TEL`, in lower case; empty without one. */
  group: string;
  /** In upper case. */
  name: string;
  parameters: PropertyParameters;
  /** In one piece and decoded, but with its backslashes. Empty for what nobody asked for. */
  value: string;
}

type Content = Pick<ContentLine, 'parameters' | 'value'>;

interface Head {
  group: string;
  name: string;
  /** Where the name ends. */
  end: number;
}

/** A carriage return may have been doubled on the way. */
const LINE_END = /\r{0,2}\n|\r/;
const BYTE_ORDER_MARK = /^\ufeff/;
const LONGEST_NAME = 100;
const LONGEST_PARAMETERS = 1_000;
const FOLD = /^[ \t]/;
const NAME_END = /[:;]/;
const QUOTED_PRINTABLE = /^[^:]*[;=]quoted-printable/i;
const BORDER = /^(?:BEGIN|END)\s*:\s*VCARD\s*$/i;

/** Their values have one line, and a card may begin in the next one. */
const ONE_LINE = new Set(['BEGIN', 'END', 'AGENT']);
/** Their values have no blanks, so none of a fold's is theirs. */
const WITHOUT_BLANKS = new Set(['EMAIL', 'URL', 'UID']);
const UNREAD: Content = { parameters: readParameters(''), value: '' };

/**
 * All properties in turn. One that is not wanted costs no more than finding its end: a photo has thousands of lines.
 *
 * @param wanted  whose values are read, in upper case; those of BEGIN, END, AGENT and VERSION always are
 */
export function* contentLines(text: string, wanted: ReadonlySet<string>): Generator<ContentLine> {
  const lines = text.replace(BYTE_ORDER_MARK, '').split(LINE_END);
  let version = '';
  let at = 0;
  while (at < lines.length) {
    const first = lines[at] ?? '';
    const head = FOLD.test(first) ? undefined : headOf(first);
    const encoded = head !== undefined && isQuotedPrintable(first);
    const end = head === undefined || ONE_LINE.has(head.name) ? at + 1 : endOf(lines, at, encoded);
    if (head !== undefined) {
      const { group, name } = head;
      const isRead = ONE_LINE.has(name) || name === 'VERSION' || wanted.has(name);
      const content = isRead ? readContent(lines.slice(at, end), head, { encoded, version }) : UNREAD;
      if (name === 'VERSION') version = content.value.trim();
      yield { line: at + 1, group, name, ...content };
    }
    at = end;
  }
}

function headOf(line: string): Head | undefined {
  const end = line.slice(0, LONGEST_NAME).search(NAME_END);
  if (end < 1) return undefined;
  const dot = line.lastIndexOf('.', end - 1);
  return {
    group: line.slice(0, Math.max(dot, 0)).trim().toLowerCase(),
    name: line
      .slice(dot + 1, end)
      .trim()
      .toUpperCase(),
    end,
  };
}

function isQuotedPrintable(line: string): boolean {
  return QUOTED_PRINTABLE.test(line.slice(0, LONGEST_PARAMETERS));
}

/** @returns the first line that belongs to another property */
function endOf(lines: readonly string[], at: number, encoded: boolean): number {
  let end = at + 1;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    // A last line that was cut off, or an equals sign that nobody encoded, must not take the next card with it.
    const goesOn = encoded && isSoftBroken(lines[end - 1] ?? '') && !BORDER.test(line);
    if (!goesOn && !FOLD.test(line)) break;
  }
  return end;
}

/** vCard 2.1 folds where a blank was and keeps it (its section 2.1.3); later ones fold anywhere and add one. */
function unfolded(pieces: readonly string[], name: string, version: string): string {
  if (pieces.length === 1) return pieces[0] ?? '';
  const keepsBlank = version === '2.1' && !WITHOUT_BLANKS.has(name);
  return pieces.map((piece, at) => (at === 0 ? piece : piece.slice(1))).join(keepsBlank ? ' ' : '');
}

function readContent(
  pieces: readonly string[],
  head: Head,
  { encoded, version }: { encoded: boolean; version: string },
): Content {
  const line = encoded ? joinedQuotedPrintable(pieces) : unfolded(pieces, head.name, version);
  const colon = colonOf(line, head.end);
  const parameters = readParameters(line.slice(head.end, Math.min(colon, head.end + LONGEST_PARAMETERS)));
  const value = line.slice(colon + 1);
  const { encoding, charset } = parameters;
  if (encoding === 'quoted-printable') return { parameters, value: fromQuotedPrintable(value, charset) };
  // No maker that we know of writes a text in base64; pictures are.
  return { parameters, value: encoding === 'base64' ? '' : value };
}

/**
 * Where the value begins: at the first colon that is not in quotes; at any where a quote never ends. A line without one has
 * no value.
 */
function colonOf(line: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < line.length; at += 1) {
    const character = line[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === ':' && !isQuoted) return at;
  }
  const any = line.indexOf(':', from);
  return any < 0 ? line.length : any;
}
