import type { InboundRequest, Reading } from '../dialect.js';
import { behind, type Fields } from './known-fields.js';
import { readElements, type ToldCall } from './read-elements.js';
import type { Names } from './read-form.js';
import { fieldsIn, readRecords } from './read-records.js';

export type ReportReading = ({ ok: true } & ToldCall) | { ok: false; reason: string };

/**
 * A report for every record of the request that can be read.
 *
 * @param names  that the dialect knows, squeezed
 */
export function readReports(
  request: InboundRequest,
  names: Names,
  readOne: (fields: Fields) => ReportReading,
): Reading {
  const reading = readRecords(request, names);
  if (!reading.ok) return reading;
  const { format, records, query, unread } = reading;
  return readElements(records, { format, what: 'message', unread }, (record) => {
    const fields = fieldsIn(record);
    if (fields === undefined) return { ok: false, reason: 'A message is not a set of named fields.' };
    const one = readOne(behind(query, fields));
    return one.ok ? { ok: true, calls: [one] } : one;
  });
}
