/** What became of what was found: how many rows, by table. A preview says what would become of it. */
export interface ErasureReport {
  tables: Record<string, ErasedRows>;
  /** What was left as it is, and why. */
  skipped: SkippedRow[];
  /** How many more there were than are listed. */
  skippedMore: number;
  /** Addresses of recordings at the PBX, which only whoever runs the PBX can delete. */
  recordings: string[];
  recordingsMore: number;
}

export interface ErasedRows {
  deleted: number;
  masked: number;
}

export interface SkippedRow {
  table: string;
  id: string;
  why: string;
}

export const NOTHING_ERASED: ErasureReport = {
  tables: {},
  skipped: [],
  skippedMore: 0,
  recordings: [],
  recordingsMore: 0,
};

const MOST_LISTED = 200;

/** A report that grows while an erasure goes through the tables. */
export class ErasureBook {
  private readonly kept: ErasureReport;

  constructor(report: Partial<ErasureReport>) {
    this.kept = structuredClone({ ...NOTHING_ERASED, ...report });
  }

  get report(): ErasureReport {
    return this.kept;
  }

  count(table: string, what: keyof ErasedRows, rows: number): void {
    if (rows === 0) return;
    const counts = (this.kept.tables[table] ??= { deleted: 0, masked: 0 });
    counts[what] += rows;
  }

  /** The last look may find again what the first one skipped. */
  skip(row: SkippedRow): void {
    const { skipped } = this.kept;
    if (skipped.some(({ table, id }) => table === row.table && id === row.id)) return;
    if (skipped.length < MOST_LISTED) skipped.push(row);
    else this.kept.skippedMore += 1;
  }

  recordings(urls: readonly string[]): void {
    for (const url of urls) {
      if (this.kept.recordings.length < MOST_LISTED) this.kept.recordings.push(url);
      else this.kept.recordingsMore += 1;
    }
  }
}
