import {
  type Piece,
  type SettingsReader,
  asText,
  filled,
  isRecord,
  maySetHeader,
  readPieces,
  valueOf,
} from '#domain';

export type HeaderTemplates = readonly (readonly [name: string, pieces: readonly Piece[]])[];

const MAX_HEADERS = 20;
const MAX_VALUE_LENGTH = 2000;
/** They hold no keys, and their values are ordinary words that stand in every answer. */
const HARMLESS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);
/** Repeated without it, what follows is as secret. */
const SCHEME = /^(basic|bearer|token) +/i;
/** Whatever HTTP would take for the end of a header, and what it cannot carry. */
const UNSAFE = /[^\x20-\x7e]/gu;

export function readHeaders(reader: SettingsReader): HeaderTemplates {
  const given = reader.value('headers') ?? {};
  if (!isRecord(given) || Object.keys(given).length > MAX_HEADERS) {
    reader.complain('headers', `This must be an object of at most ${MAX_HEADERS} headers.`);
    return [];
  }
  return Object.entries(given).flatMap(([name, value]) => {
    const path = `headers.${name}`;
    const lower = name.toLowerCase();
    if (!maySetHeader(lower)) {
      reader.complain(path, 'This header cannot be set here.');
      return [];
    }
    if (typeof value !== 'string' || value.length > MAX_VALUE_LENGTH || value.search(UNSAFE) !== -1) {
      reader.complain(path, `This must be printable ASCII text of at most ${MAX_VALUE_LENGTH} characters.`);
      return [];
    }
    const reading = readPieces(value);
    if (!reading.ok) reader.complain(path, `${reading.problem} (position ${reading.position}).`);
    return reading.ok ? [[lower, reading.pieces] as const] : [];
  });
}

/** No value ends its header: line breaks and other controls are left out, what is not ASCII is percent-encoded. */
export function writeHeaders(templates: HeaderTemplates, context: unknown): Record<string, string> {
  return Object.fromEntries(
    templates.map(([name, pieces]) => [
      name,
      filled(pieces, (hole) => safe(asText(valueOf(hole, context)))).trim(),
    ]),
  );
}

/**
 * The headers that may hold keys, with what their values say whatever the event is. One that is nothing but values of the
 * event holds none.
 */
export function writtenOut(templates: HeaderTemplates): Record<string, string[]> {
  const all = templates.map(
    ([name, pieces]) => [name, pieces.map(textOf).filter((text) => text !== '')] as const,
  );
  const own = all.filter(([name, texts]) => texts.length > 0 && !HARMLESS.has(name));
  return Object.fromEntries(own.map(([name, texts]) => [name, [...texts]]));
}

function textOf(piece: Piece): string {
  return (typeof piece === 'string' ? piece : (piece.otherwise ?? '')).trim().replace(SCHEME, '');
}

function safe(value: string): string {
  return value.replace(UNSAFE, (char) =>
    char < ' ' || char === '\x7f' ? '' : encodeURIComponent(char.isWellFormed() ? char : '\ufffd'),
  );
}
