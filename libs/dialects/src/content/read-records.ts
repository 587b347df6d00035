/** Reads messages that are nothing but named fields, in whatever plain format they came. */
import type { InboundRequest } from '../dialect.js';
import type { Fields } from './known-fields.js';
import { readContent } from './read-content.js';
import type { Content } from './read-content.js';
import { readXmlFields } from './read-xml-fields.js';
import { sniffPlainFormat } from './sniff-plain-format.js';
import type { PlainFormat } from './sniff-plain-format.js';

/**
 * Each record is one message; a JSON body can be a list of them. `unread`: names of fields that were not read, as there were
 * too many.
 */
export type RecordsReading =
  | { ok: true; format: PlainFormat; records: Fields[]; unread: readonly string[] }
  | { ok: false; format: PlainFormat; reason: string };

type BodyReading = { ok: true; records: Fields[] } | { ok: false; reason: string };

/**
 * The parameters of the configured URL stand in front of every record's own fields: where both name one, the record's
 * counts.
 */
export function readRecords(request: InboundRequest): RecordsReading {
  const format = sniffPlainFormat(request);
  const content = readContent(request);
  if (!content.ok) return { ok: false, format, reason: content.reason };
  const body = recordsIn(content);
  if (!body.ok) return { format, ...body };
  const { query, unread } = content;
  const records = query.length === 0 ? body.records : body.records.map((fields) => [...query, ...fields]);
  return { ok: true, format, records, unread };
}

function recordsIn(content: Extract<Content, { ok: true }>): BodyReading {
  switch (content.format) {
    case 'json':
      return jsonRecords(content.value);
    case 'form':
      return { ok: true, records: [content.fields] };
    case 'xmlrpc': {
      const reading = readXmlFields(content.text);
      return reading.ok ? { ok: true, records: [reading.fields] } : reading;
    }
  }
}

function jsonRecords(value: unknown): BodyReading {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) return { ok: false, reason: 'The list is empty.' };
  if (!values.every(isObject)) return { ok: false, reason: 'A message is not a set of named fields.' };
  return { ok: true, records: values.map((record) => Object.entries(record)) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
