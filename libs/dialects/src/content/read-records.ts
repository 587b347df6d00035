/** Reads messages that are nothing but named fields, in whatever plain format they came. */
import type { InboundRequest } from '../dialect.js';
import { readForm } from './read-form.js';
import { readJson } from './read-json.js';
import { readQuery } from './read-query.js';
import { readText } from './read-text.js';
import { readXmlFields } from './read-xml-fields.js';
import { sniffPlainFormat } from './sniff-plain-format.js';
import type { PlainFormat } from './sniff-plain-format.js';
import type { Fields } from './known-fields.js';

/** Each record is one message; a JSON body can be a list of them. */
export type RecordsReading =
  { ok: true; format: PlainFormat; records: Fields[] } | { ok: false; format: PlainFormat; reason: string };

type BodyReading = { ok: true; records: Fields[] } | { ok: false; reason: string };

/**
 * The parameters of the configured URL stand in front of every record's own fields: where both name one, the record's
 * counts.
 */
export function readRecords(request: InboundRequest): RecordsReading {
  const format = sniffPlainFormat(request);
  if (format === 'query' && request.query === '') {
    return { ok: false, format, reason: 'The request has neither body nor query.' };
  }
  const query = readQuery(request.query);
  if (!query.ok) return { format, ...query };
  if (format === 'query') return { ok: true, format, records: [query.fields] };
  const body = readBody(request.body, format);
  if (!body.ok) return { format, ...body };
  return { ok: true, format, records: body.records.map((fields) => [...query.fields, ...fields]) };
}

function readBody(bytes: Uint8Array, format: Exclude<PlainFormat, 'query'>): BodyReading {
  const decoded = readText(bytes);
  if (!decoded.ok) return decoded;
  if (format === 'json') return readJsonRecords(decoded.text);
  const reading = format === 'xml' ? readXmlFields(decoded.text) : readForm(decoded.text);
  return reading.ok ? { ok: true, records: [reading.fields] } : reading;
}

function readJsonRecords(text: string): BodyReading {
  const json = readJson(text);
  if (!json.ok) return json;
  const values: unknown[] = Array.isArray(json.value) ? json.value : [json.value];
  if (values.length === 0) return { ok: false, reason: 'The list is empty.' };
  if (!values.every(isObject)) return { ok: false, reason: 'A message is not a set of named fields.' };
  return { ok: true, records: values.map((value) => Object.entries(value)) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
