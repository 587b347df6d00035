/** Reads messages that are nothing but named fields, in whatever plain format they came. */
import type { InboundRequest } from '../dialect.js';
import type { Fields } from './known-fields.js';
import { membersOf, rememberRepeated } from './members.js';
import { openWrappers, type IsOwn } from './open-wrappers.js';
import { readContent } from './read-content.js';
import type { Content } from './read-content.js';
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

/** A JSON body can be a list of records. */
export function readRecords(request: InboundRequest, isOwn: IsOwn): RecordsReading {
  const format = sniffPlainFormat(request);
  const content = readContent(request, isOwn);
  if (!content.ok) return { ok: false, format, reason: content.reason };
  const body = recordsIn(content, isOwn);
  if (!body.ok) return { format, ...body };
  const { query, unread } = content;
  return { ...body, format, query, unread };
}

/** The fields of a record; undefined when it is none. */
export function fieldsIn(record: unknown): Fields | undefined {
  return isObject(record) ? membersOf(record) : undefined;
}

function recordsIn(content: Extract<Content, { ok: true }>, isOwn: IsOwn): BodyReading {
  switch (content.format) {
    case 'json': {
      const records: unknown[] = Array.isArray(content.value) ? content.value : [content.value];
      if (records.length === 0) return { ok: false, reason: 'The list is empty.' };
      return { ok: true, records: openWrappers(records, isOwn) };
    }
    case 'form':
      return { ok: true, records: openWrappers([rememberRepeated(content.fields)], isOwn) };
    case 'xmlrpc': {
      const reading = readXmlFields(content.text);
      if (reading.ok) return { ok: true, records: openWrappers([rememberRepeated(reading.fields)], isOwn) };
      const records = openWrappers([rememberRepeated(reading.deeper ?? [])], isOwn);
      const isRecord = records.some((record) => fieldsIn(record)?.some(([name]) => isOwn(name)));
      return isRecord ? { ok: true, records } : { ok: false, reason: reading.reason };
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
