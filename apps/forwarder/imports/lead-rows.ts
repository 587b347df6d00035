import { distinctLeads, readLeadRow, type LeadReadingAsk, type LeadRow } from '#domain';
import type { ImportFault } from '#db';
import type { CsvRow } from '#platform';
import { FAULT_OF_ROW } from './fault-of-row.js';

/** How the rows of a file are read. */
export interface LeadRowsAsk extends LeadReadingAsk {
  /** The names of the columns, as far as they have any. */
  header: readonly string[];
  /** Lines of the file before the first of these rows. */
  linesBefore: number;
}

/** Whom rows of a file are about, and what of them could not be read; as many rows at a time as one likes. */
export class LeadRows {
  readonly faults: ImportFault[] = [];
  private readonly all: LeadRow[] = [];
  private read = 0;

  constructor(private readonly ask: LeadRowsAsk) {}

  add(rows: readonly CsvRow[]): void {
    this.read += rows.length;
    for (const row of rows) {
      if (row.fault !== undefined) {
        this.fault(row, 0, { ...FAULT_OF_ROW[row.fault], column: null, imported: false });
        continue;
      }
      const { lead, faults } = readLeadRow(row.cells, this.ask);
      if (lead) this.all.push(lead);
      for (const [place, { column, code, message }] of faults.entries()) {
        const named = column === null ? null : this.ask.header[column]?.trim() || String(column + 1);
        this.fault(row, place, { code, message, column: named, imported: lead !== undefined });
      }
    }
  }

  /**
   * @returns leads with different numbers, how many rows had a number that one before had, and how many have nobody to call
   */
  done(): { leads: LeadRow[]; repeated: number; failed: number } {
    return { ...distinctLeads(this.all), failed: this.read - this.all.length };
  }

  private fault(
    { cells, line }: CsvRow,
    place: number,
    fault: Pick<ImportFault, 'code' | 'message' | 'column' | 'imported'>,
  ): void {
    this.faults.push({ ...fault, line: this.ask.linesBefore + line, place, fields: cells });
  }
}
