import { maySetHeader } from '#domain';
import type { SettingsReader } from '../settings/settings-reader.js';
import { isRecord } from '../settings/settings-reader.js';
import { asText, filled, readPieces, valueOf, type Piece } from './placeholders.js';

export type HeaderTemplates = readonly (readonly [name: string, pieces: readonly Piece[]])[];

const MAX_HEADERS = 20;
const MAX_VALUE_LENGTH = 2000;
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

function safe(value: string): string {
  return value.replace(UNSAFE, (char) =>
    char < ' ' || char === '\x7f' ? '' : encodeURIComponent(char.isWellFormed() ? char : '\ufffd'),
  );
}
