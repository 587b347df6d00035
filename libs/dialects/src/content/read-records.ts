/** Reads messages that are nothing but named fields, in whatever plain format they came. */
import type { InboundRequest } from '../dialect.js';
import type { Fields } from './known-fields.js';
import { readContent } from './read-content.js';
import type { Content } from './read-content.js';
import type { Names } from './read-form.js';
import { readXmlFields } from './read-xml-fields.js';
import { sniffPlainFormat } from './sniff-plain-format.js';
import type { PlainFormat } from './sniff-plain-format.js';

/**
 * Each record is one message: what JSON holds, or fields. `query`: the parameters of the configured URL, which stand in front
 * of every record's own fields. Where both name one, the record's counts. `unread`: names of fields that were not read, as
 * there were too many.
 */
export type RecordsReading =
  | { ok: true; format: PlainFormat; records: readonly unknown[]; query: Fields; unread: readonly string[] }
  | { ok: false; format: PlainFormat; reason: string };

type BodyReading = { ok: true; records: readonly unknown[] } | { ok: false; reason: string };

/** A set of fields that are not members of an object, as names may come more than once. */
class FieldSet {
  constructor(readonly fields: Fields) {}
}

/** A JSON body can be a list of records. */
export function readRecords(request: InboundRequest, names?: Names): RecordsReading {
  const format = sniffPlainFormat(request);
  const content = readContent(request, names);
  if (!content.ok) return { ok: false, format, reason: content.reason };
  const body = recordsIn(content);
  if (!body.ok) return { format, ...body };
  const { query, unread } = content;
  return { ...body, format, query, unread };
}

/** The fields of a record; undefined when it is none. */
export function fieldsIn(record: unknown): Fields | undefined {
  if (record instanceof FieldSet) return record.fields;
  return isObject(record) ? Object.entries(record) : undefined;
}

function recordsIn(content: Extract<Content, { ok: true }>): BodyReading {
  switch (content.format) {
    case 'json': {
      const records: unknown[] = Array.isArray(content.value) ? content.value : [content.value];
      return records.length === 0 ? { ok: false, reason: 'The list is empty.' } : { ok: true, records };
    }
    case 'form':
      return { ok: true, records: [new FieldSet(content.fields)] };
    case 'xmlrpc': {
      const reading = readXmlFields(content.text);
      return reading.ok ? { ok: true, records: [new FieldSet(reading.fields)] } : reading;
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
