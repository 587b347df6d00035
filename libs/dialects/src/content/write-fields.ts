/** Writes named fields as a PBX does, for formats out: the other side of `readRecords`. */
import { escapeXml } from '../xmlrpc/write-value.js';
import type { PlainFormat } from './sniff-plain-format.js';

/** Null and undefined are written as an empty value. */
export type WritableFields = readonly (readonly [name: string, value: string | number | null | undefined])[];

/** What to send: a query to add to the URL's own, or a body. */
export type WrittenMessage =
  { method: 'GET'; query: string } | { method: 'POST'; contentType: string; body: string };

/** Names are the vendor's own, so they are never escaped in XML. */
export function writeFields(fields: WritableFields, format: PlainFormat): WrittenMessage {
  return WRITERS[format](fields);
}

const WRITERS: Record<PlainFormat, (fields: WritableFields) => WrittenMessage> = {
  query: (fields) => ({ method: 'GET', query: queryOf(fields) }),
  form: (fields) => ({
    method: 'POST',
    contentType: 'application/x-www-form-urlencoded',
    body: urlEncoded(fields),
  }),
  json: (fields) => ({
    method: 'POST',
    contentType: 'application/json',
    body: JSON.stringify(Object.fromEntries(fields.map(([name, value]) => [name, value ?? '']))),
  }),
  xml: (fields) => ({
    method: 'POST',
    contentType: 'text/xml',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<call>${fields.map(xmlField).join('')}</call>`,
  }),
};

function urlEncoded(fields: WritableFields): string {
  const pairs = fields.map(([name, value]): [string, string] => [name, String(value ?? '')]);
  return new URLSearchParams(pairs).toString();
}

/** In a URL not everybody takes a plus for a blank, as forms have it; what is escaped everybody reads. */
function queryOf(fields: WritableFields): string {
  return urlEncoded(fields).replaceAll('+', '%20');
}

function xmlField([name, value]: WritableFields[number]): string {
  return `<${name}>${escapeXml(String(value ?? ''))}</${name}>`;
}
