import type { Instant } from '#domain';
import type { ImportContext, ImportOwner, ImportState } from '#db';
import type { CsvRow } from '#platform';

/** Where a file goes on behind rows that were read together. */
export interface ReadUpTo {
  at: Instant;
  toBytes: number;
  toLines: number;
  readRows: number;
  isLast: boolean;
}

/** What is done with the rows of a file: one for each kind of import. */
export interface ImportKind<Batch> {
  /** Rows of one batch: read, looked up and written together. */
  most: number;
  read: (context: ImportContext, rows: readonly CsvRow[], upTo: ReadUpTo) => Batch | Promise<Batch>;
  /** @returns the import's state afterwards; null when the lease was lost, and nothing was written */
  write: (owner: ImportOwner, batch: Batch) => Promise<ImportState | null>;
  /** @returns the same */
  undo: (owner: ImportOwner, at: Instant, most: number) => Promise<ImportState | null>;
  /** Lines after which the database looks at the sizes of its tables, if it takes them for small. */
  learnsAt: readonly number[];
}
