import type { LegReport } from '#domain';
import type { InboundRequest, Reading } from '../dialect.js';
import type { Fields } from './known-fields.js';
import { readRecords } from './read-records.js';

export type ReportReading = { ok: true; report: LegReport } | { ok: false; reason: string };

/**
 * A report for every record of the request.
 *
 * All or nothing: a list with one unreadable message is unreadable. Taking the others would tell nobody that one is
 * missing; this way the receipt is listed with the reason and can be replayed.
 */
export function readReports(request: InboundRequest, readOne: (fields: Fields) => ReportReading): Reading {
  const reading = readRecords(request);
  if (!reading.ok) return reading;
  const { format, records } = reading;
  const reports: LegReport[] = [];
  for (const [index, fields] of records.entries()) {
    const one = readOne(fields);
    if (!one.ok) {
      const place = records.length === 1 ? '' : ` (message ${index + 1} of ${records.length})`;
      return { ok: false, format, reason: `${one.reason}${place}` };
    }
    reports.push(one.report);
  }
  return { ok: true, format, reports };
}
