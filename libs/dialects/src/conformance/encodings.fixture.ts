/** One message of plain fields in every way in which PBXs and what stands before them send it. For tests only. */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { encodeIn } from '../content/charset/encode-in.fixture.js';
import type { InboundRequest, WireFormat } from '../dialect.js';

/** Names and values without line breaks, in Hebrew and ASCII; the PBX is in Israel. */
export type PlainFields = readonly (readonly [name: string, value: string])[];

type Sent = Pick<InboundRequest, 'query' | 'headers' | 'body'>;
export type Encoding = readonly [name: string, format: WireFormat, send: (fields: PlainFields) => Sent];

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const BOUNDARY = '----------7b0f21';

const jsonOf = (fields: PlainFields) => JSON.stringify(Object.fromEntries(fields));
const formOf = (fields: PlainFields) =>
  new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
const legacy = (text: string) => encodeIn('windows-1255', text);
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const escapedLegacy = (text: string) =>
  [...legacy(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const escapedByScript = (text: string) =>
  [...text].map((letter) => `%u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const pairs = (fields: PlainFields, write: (text: string) => string, between = '&') =>
  fields.map(([name, value]) => `${name}=${write(value)}`).join(between);
/** As people type it: only what would end the value is escaped. */
const barely = (text: string) => text.replace(/[%&+=?#]/g, (mark) => encodeURIComponent(mark));

function multipart(fields: PlainFields, end = '\r\n'): string {
  const part = ([name, value]: PlainFields[number]) =>
    [`--${BOUNDARY}`, `Content-Disposition: form-data; name="${name}"`, '', value, ''].join(end);
  return `${fields.map(part).join('')}--${BOUNDARY}--${end}`;
}

function file(json: string): string {
  const headers =
    'Content-Disposition: form-data; name="file"; filename="cdr.json"\r\nContent-Type: application/json';
  return `--${BOUNDARY}\r\n${headers}\r\n\r\n${json}\r\n--${BOUNDARY}--\r\n`;
}

const post = (body: string | Uint8Array, type?: string, encoding?: string): Sent => ({
  query: '',
  headers: { 'content-type': type, 'content-encoding': encoding },
  body: typeof body === 'string' ? Buffer.from(body) : body,
});
const inUrl = (query: string, body = '', type?: string): Sent => ({ ...post(body, type), query });

export const ENCODINGS: readonly Encoding[] = [
  ['JSON', 'json', (fields) => post(jsonOf(fields), JSON_TYPE)],
  ['JSON under no type', 'json', (fields) => post(jsonOf(fields))],
  ['JSON under an empty type', 'json', (fields) => post(jsonOf(fields), '')],
  ['JSON under half a type', 'json', (fields) => post(jsonOf(fields), 'json')],
  [
    'JSON under a type without its semicolon',
    'json',
    (fields) => post(jsonOf(fields), 'application/json charset=utf-8'),
  ],
  ['JSON under two types', 'json', (fields) => post(jsonOf(fields), 'text/plain, application/json')],
  ['JSON under the type of a form', 'json', (fields) => post(jsonOf(fields), FORM_TYPE)],
  ['JSON under the type of XML', 'json', (fields) => post(jsonOf(fields), 'text/xml; charset=us-ascii')],
  ['JSON after a byte order mark', 'json', (fields) => post(`\ufeff${jsonOf(fields)}`, JSON_TYPE)],
  [
    'JSON after blanks and before zeros',
    'json',
    (fields) => post(`\r\n ${jsonOf(fields)}\r\n\0\0`, JSON_TYPE),
  ],
  ['JSON after a guard', 'json', (fields) => post(`)]}',\n${jsonOf(fields)}`, JSON_TYPE)],
  ['JSON in JSON', 'json', (fields) => post(JSON.stringify(jsonOf(fields)), JSON_TYPE)],
  ['JSON with a comma too many', 'json', (fields) => post(jsonOf(fields).replace(/\}$/, ',}'), JSON_TYPE)],
  ['JSON in UTF-16 LE', 'json', (fields) => post(Buffer.from(jsonOf(fields), 'utf16le'), JSON_TYPE)],
  ['JSON in UTF-16 BE with a mark', 'json', (fields) => post(swapped(`\ufeff${jsonOf(fields)}`), JSON_TYPE)],
  ['JSON in windows-1255', 'json', (fields) => post(legacy(jsonOf(fields)), JSON_TYPE)],
  [
    'JSON in windows-1255, said to be UTF-8',
    'json',
    (fields) => post(legacy(jsonOf(fields)), `${JSON_TYPE}; charset=utf-8`),
  ],
  [
    'JSON in ISO 8859-8, as said',
    'json',
    (fields) => post(legacy(jsonOf(fields)), `${JSON_TYPE}; charset="ISO-8859-8"`),
  ],
  ['JSON, said to be Latin 1', 'json', (fields) => post(jsonOf(fields), `${JSON_TYPE}; charset=iso-8859-1`)],
  ['JSON, gzip', 'json', (fields) => post(gzipSync(jsonOf(fields)), JSON_TYPE, 'gzip')],
  ['JSON, gzip that nobody announced', 'json', (fields) => post(gzipSync(jsonOf(fields)), JSON_TYPE)],
  ['JSON, gzip that was only announced', 'json', (fields) => post(jsonOf(fields), JSON_TYPE, 'gzip')],
  ['JSON, deflate', 'json', (fields) => post(deflateSync(jsonOf(fields)), JSON_TYPE, 'deflate')],
  ['JSON, raw deflate', 'json', (fields) => post(deflateRawSync(jsonOf(fields)), JSON_TYPE, 'deflate')],
  ['JSON, brotli', 'json', (fields) => post(brotliCompressSync(jsonOf(fields)), JSON_TYPE, 'br')],
  [
    'JSON in windows-1255, gzip',
    'json',
    (fields) => post(gzipSync(legacy(jsonOf(fields))), JSON_TYPE, 'gzip'),
  ],
  [
    'JSON in a field of a form',
    'form',
    (fields) => post(`payload=${encodeURIComponent(jsonOf(fields))}`, FORM_TYPE),
  ],
  [
    'JSON in a file of a form',
    'form',
    (fields) => post(file(jsonOf(fields)), `multipart/form-data; boundary=${BOUNDARY}`),
  ],
  ['a form', 'form', (fields) => post(formOf(fields), FORM_TYPE)],
  ['a form under the type of JSON', 'form', (fields) => post(formOf(fields), JSON_TYPE)],
  ['a form after a byte order mark', 'form', (fields) => post(`\ufeff${formOf(fields)}\r\n`)],
  ['a form with raw UTF-8', 'form', (fields) => post(pairs(fields, barely), FORM_TYPE)],
  ['a form in raw windows-1255', 'form', (fields) => post(legacy(pairs(fields, barely)), FORM_TYPE)],
  ['a form in escaped windows-1255', 'form', (fields) => post(pairs(fields, escapedLegacy), FORM_TYPE)],
  [
    'a form in UTF-16',
    'form',
    (fields) => post(Buffer.from(`\ufeff${formOf(fields)}`, 'utf16le'), FORM_TYPE),
  ],
  ['a form, gzip', 'form', (fields) => post(gzipSync(formOf(fields)), FORM_TYPE, 'gzip')],
  ['a form with &amp;', 'form', (fields) => post(pairs(fields, encodeURIComponent, '&amp;'), FORM_TYPE)],
  ['a form of lines', 'form', (fields) => post(pairs(fields, barely, '\r\n'), 'text/plain')],
  ['multipart', 'form', (fields) => post(multipart(fields), `multipart/form-data; boundary=${BOUNDARY}`)],
  [
    'multipart in windows-1255',
    'form',
    (fields) => post(legacy(multipart(fields)), `multipart/form-data; boundary="${BOUNDARY}"`),
  ],
  ['multipart that nobody announced', 'form', (fields) => post(multipart(fields, '\n'))],
  ['multipart, gzip', 'form', (fields) => post(gzipSync(multipart(fields)), 'multipart/form-data', 'gzip')],
  ['a query', 'query', (fields) => inUrl(formOf(fields))],
  ['a query in windows-1255', 'query', (fields) => inUrl(pairs(fields, escapedLegacy))],
  ['a query that a script escaped', 'query', (fields) => inUrl(pairs(fields, escapedByScript))],
  ['a query with &amp;', 'query', (fields) => inUrl(pairs(fields, encodeURIComponent, '&amp;'))],
  ['a query after a query', 'query', (fields) => inUrl(`v=3?${formOf(fields)}`)],
  ['a query that was escaped as a whole', 'query', (fields) => inUrl(encodeURIComponent(formOf(fields)))],
  ['a query beside an empty object', 'json', (fields) => inUrl(formOf(fields), '{}', JSON_TYPE)],
  ['a query beside an empty list', 'json', (fields) => inUrl(formOf(fields), '[]', JSON_TYPE)],
  ['a query beside blanks', 'form', (fields) => inUrl(formOf(fields), ' \r\n', FORM_TYPE)],
];

const PROLOGS: readonly [name: string, prolog: string, encode: (xml: string) => Buffer][] = [
  ['XML', '<?xml version="1.0"?>', (xml) => Buffer.from(xml)],
  ['XML without a prolog', '', (xml) => Buffer.from(xml)],
  [
    'XML after blanks and a mark',
    '\n\ufeff <?xml version="1.0" encoding="UTF-8"?>',
    (xml) => Buffer.from(xml),
  ],
  ['XML, said to be ASCII', "<?xml version='1.0' encoding='us-ascii'?>", (xml) => Buffer.from(xml)],
  ['XML, said to be Latin 1', '<?xml version="1.0" encoding="ISO-8859-1"?>', (xml) => Buffer.from(xml)],
  ['XML in windows-1255, as said', '<?xml version="1.0" encoding="windows-1255"?>', legacy],
  ['XML in windows-1255, said to be UTF-8', '<?xml version="1.0" encoding="UTF-8"?>', legacy],
  ['XML in UTF-16', '\ufeff<?xml version="1.0" encoding="UTF-16"?>', (xml) => Buffer.from(xml, 'utf16le')],
  ['XML, gzip', '<?xml version="1.0"?>', (xml) => gzipSync(xml)],
];

/** @param write  the root of a document with these fields */
export function xmlEncodings(format: WireFormat, write: (fields: PlainFields) => string): Encoding[] {
  return PROLOGS.map(([name, prolog, encode]): Encoding => [
    name,
    format,
    (fields) => post(encode(`${prolog}${write(fields)}`), 'text/xml'),
  ]);
}
