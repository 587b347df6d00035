import { distinctRows, readContactRow, type Column, type ContactRow } from '#domain';
import type { ImportFault } from '#db';
import type { CsvRow } from '#platform';
import { FAULT_OF_ROW } from './fault-of-row.js';

/** How the rows of a file are read. */
export interface RowsAsk {
  columns: readonly Column[];
  /** The names of the columns, as far as they have any. */
  header: readonly string[];
  country: string | null;
  /** Lines of the file before the first of these rows. */
  linesBefore: number;
}

export interface ImportRows {
  rows: ContactRow[];
  faults: ImportFault[];
  /** Rows of a contact that a later one of these tells of again. */
  repeated: number;
  /** Rows with nothing to import. */
  failed: number;
}

/** What the rows of a file tell of contacts, and what of them could not be read. */
export function readImportRows(
  read: readonly CsvRow[],
  { columns, header, country, linesBefore }: RowsAsk,
): ImportRows {
  const contacts: ContactRow[] = [];
  const faults: ImportFault[] = [];
  for (const { cells, line, fault } of read) {
    if (fault !== undefined) {
      const at = { line: linesBefore + line, place: 0, imported: false, column: null };
      faults.push({ ...at, ...FAULT_OF_ROW[fault], fields: cells });
      continue;
    }
    const { contact, faults: found } = readContactRow(cells, columns, country ?? '');
    if (contact) contacts.push(contact);
    found.forEach(({ column, code, message }, place) => {
      const named = column === null ? null : header[column]?.trim() || String(column + 1);
      const imported = contact !== undefined;
      faults.push({ line: linesBefore + line, place, imported, column: named, code, message, fields: cells });
    });
  }
  const { rows, repeated } = distinctRows(contacts);
  return { rows, faults, repeated, failed: read.length - contacts.length };
}
