/** Reads a CDR notification in any of its formats (seed section 4). */
import type { LegReport } from '#domain';
import type { Fields } from '../content/known-fields.js';
import { readContent } from '../content/read-content.js';
import type { InboundRequest, Reading, WireFormat } from '../dialect.js';
import { readCall } from '../xmlrpc/read-call.js';
import { readCdr } from './read-cdr.js';
import { isObject } from './structures.js';

export function readCdrMessage(request: InboundRequest): Reading {
  const content = readContent(request);
  if (!content.ok) return content;
  switch (content.format) {
    case 'json':
      return readRecords(content.value, content.query, content.format);
    case 'form':
      return readFields([[...content.query, ...content.fields]], content.format);
    case 'xmlrpc':
      return readXmlRpc(content.text, content.query);
  }
}

function readXmlRpc(text: string, query: Fields): Reading {
  const format = 'xmlrpc';
  const call = readCall(text);
  if (!call.ok) return { format, ...call };
  if (call.methodName.toUpperCase() !== 'CDR') {
    return { ok: false, format, reason: 'The XML-RPC method is not CDR.' };
  }
  return readRecords(call.params[0], query, format);
}

/** One record, or a list of them as the vendor sends when it catches up; what the URL says stands in front of each. */
function readRecords(value: unknown, query: Fields, format: WireFormat): Reading {
  const records: unknown[] = Array.isArray(value) ? value : [value];
  if (records.length === 0) return { ok: false, format, reason: 'The list of CDRs is empty.' };
  if (!records.every(isObject)) return { ok: false, format, reason: 'A CDR is not a set of named fields.' };
  return readFields(
    records.map((record) => [...query, ...Object.entries(record)]),
    format,
  );
}

/**
 * All or nothing: a list with one unreadable CDR is unreadable. Taking the others would tell nobody that one is missing;
 * this way the receipt is listed with the reason and can be replayed.
 */
function readFields(records: readonly Fields[], format: WireFormat): Reading {
  const reports: LegReport[] = [];
  for (const [index, record] of records.entries()) {
    const reading = readCdr(record);
    if (!reading.ok) {
      const place = records.length === 1 ? '' : ` (CDR ${index + 1} of ${records.length})`;
      return { ok: false, format, reason: `${reading.reason}${place}` };
    }
    reports.push(reading.report);
  }
  return { ok: true, format, reports };
}
