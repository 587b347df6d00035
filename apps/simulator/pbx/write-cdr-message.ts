/**
 * A CDR as the bytes that Voicenter posts: JSON, form or XML-RPC.
 *
 * Deliberately not our dialect's own writer: a mistake made there on both sides would be invisible to every test and
 * benchmark that plays this PBX.
 */
import type { Cdr } from './cdr.js';

export const CDR_FORMATS = ['json', 'form', 'xmlrpc'] as const;
export type CdrFormat = (typeof CDR_FORMATS)[number];

export interface CdrMessage {
  contentType: string;
  body: string;
}

/** Seed section 4: these are only sent in the JSON notification. */
const JSON_ONLY: ReadonlySet<string> = new Set(['seconds_waiting_in_queue', 'OriginalIvrUniqueID']);
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const INT_LIMIT = 2 ** 31;

const WRITERS: Readonly<Record<CdrFormat, (cdr: Cdr) => CdrMessage>> = {
  json: (cdr) => ({ contentType: 'application/json', body: JSON.stringify(cdr) }),
  form: (cdr) => ({
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(
      flat(cdr).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString(),
  }),
  xmlrpc: (cdr) => ({
    contentType: 'text/xml',
    body:
      '<?xml version="1.0"?>\n<methodCall><methodName>CDR</methodName><params><param><value><struct>' +
      flat(cdr).map(member).join('') +
      '</struct></value></param></params></methodCall>',
  }),
};

export function writeCdrMessage(cdr: Cdr, format: CdrFormat): CdrMessage {
  return WRITERS[format](cdr);
}

/** Formats without nesting carry the IVR as a JSON string. */
function flat(cdr: Cdr): [string, string | number][] {
  return Object.entries(cdr)
    .filter(([name]) => !JSON_ONLY.has(name))
    .map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value),
    ]);
}

function member([name, value]: [string, string | number]): string {
  return `<member><name>${name}</name><value>${typed(name, value)}</value></member>`;
}

/** The seed's own example: `<i8>` for the time, `<i4>` for other numbers, `<string />` for nothing. */
function typed(name: string, value: string | number): string {
  if (typeof value === 'number') {
    const type = name === 'time' || value >= INT_LIMIT ? 'i8' : 'i4';
    return `<${type}>${String(value)}</${type}>`;
  }
  if (value === '') return '<string />';
  return `<string>${value.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign)}</string>`;
}
