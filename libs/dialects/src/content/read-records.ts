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

/**
 * Each record is one message: what JSON holds, or fields. `query`: the parameters of the configured URL, which stand in front
 * of every record's own fields. Where both name one, the record's counts.
 */
export type RecordsReading =
  | { ok: true; format: PlainFormat; records: readonly unknown[]; query: Fields }
  | { ok: false; format: PlainFormat; reason: string };

type BodyReading = { ok: true; records: readonly unknown[] } | { ok: false; reason: string };

/** A set of fields that are not members of an object, as names may come more than once. */
class FieldSet {
  constructor(readonly fields: Fields) {}
}

/** A JSON body can be a list of records. */
export function readRecords(request: InboundRequest): RecordsReading {
  const format = sniffPlainFormat(request);
  if (format === 'query' && request.query === '') {
    return { ok: false, format, reason: 'The request has neither body nor query.' };
  }
  const query = readQuery(request.query);
  if (!query.ok) return { format, ...query };
  if (format === 'query') return { ok: true, format, records: [new FieldSet(query.fields)], query: [] };
  const body = readBody(request.body, format);
  return body.ok ? { ...body, format, query: query.fields } : { ...body, format };
}

/** The fields of a record; undefined when it is none. */
export function fieldsIn(record: unknown): Fields | undefined {
  if (record instanceof FieldSet) return record.fields;
  return isObject(record) ? Object.entries(record) : undefined;
}

function readBody(bytes: Uint8Array, format: Exclude<PlainFormat, 'query'>): BodyReading {
  const decoded = readText(bytes);
  if (!decoded.ok) return decoded;
  if (format === 'json') return readJsonRecords(decoded.text);
  const reading = format === 'xml' ? readXmlFields(decoded.text) : readForm(decoded.text);
  return reading.ok ? { ok: true, records: [new FieldSet(reading.fields)] } : reading;
}

function readJsonRecords(text: string): BodyReading {
  const json = readJson(text);
  if (!json.ok) return json;
  const records: unknown[] = Array.isArray(json.value) ? json.value : [json.value];
  return records.length === 0 ? { ok: false, reason: 'The list is empty.' } : { ok: true, records };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
