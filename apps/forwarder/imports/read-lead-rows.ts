import { distinctLeads, readLeadRow, type LeadReadingAsk, type LeadRow } from '#domain';
import type { ImportFault } from '#db';
import type { CsvRow } from '#platform';

/** How the rows of a file are read. */
export interface LeadRowsAsk extends LeadReadingAsk {
  /** The names of the columns, as far as they have any. */
  header: readonly string[];
  /** Lines of the file before the first of these rows. */
  linesBefore: number;
}

export interface LeadRows {
  leads: LeadRow[];
  faults: ImportFault[];
  /** Rows with a number that one before had. */
  repeated: number;
  /** Rows with nobody to call. */
  failed: number;
}

/** Whom the rows of a file are about, and what of them could not be read. */
export function readLeadRows(read: readonly CsvRow[], ask: LeadRowsAsk): LeadRows {
  const all: LeadRow[] = [];
  const faults: ImportFault[] = [];
  for (const { cells, line } of read) {
    const { lead, faults: found } = readLeadRow(cells, ask);
    if (lead) all.push(lead);
    found.forEach(({ column, code, message }, place) => {
      const named = column === null ? null : ask.header[column]?.trim() || String(column + 1);
      const imported = lead !== undefined;
      const at = { line: ask.linesBefore + line, place };
      faults.push({ ...at, imported, column: named, code, message, fields: cells });
    });
  }
  const { leads, repeated } = distinctLeads(all);
  return { leads, faults, repeated, failed: read.length - all.length };
}
