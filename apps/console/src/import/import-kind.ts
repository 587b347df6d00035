import type { ImportDetailDto, ImportDto } from '../api/operations';

/** What imports of every kind say of themselves. */
type Same =
  | 'id'
  | 'state'
  | 'fileName'
  | 'charset'
  | 'delimiter'
  | 'hasHeader'
  | 'header'
  | 'columns'
  | 'country'
  | 'dryRun'
  | 'bytes'
  | 'handledBytes'
  | 'rows'
  | 'failed'
  | 'undone'
  | 'undoRefused'
  | 'reason'
  | 'createdAt'
  | 'finishedAt';

export type ImportFacts = Pick<ImportDto, Same> & {
  /** What became of the rows that could be read, in words. */
  counts: readonly { label: string; count: number }[];
};
export type ImportDetail = ImportFacts & Pick<ImportDetailDto, 'sample'>;

/** What a column may hold: words of the API, with what people call them. */
export interface ColumnChoices {
  plain: readonly { word: string; label: string }[];
  /** Words that go on with a name of the tenant's own, such as `metadata:`. */
  own: { prefix: string; label: string; nameLabel: string };
}

export interface UploadAsk {
  charset?: string | undefined;
  delimiter?: string | undefined;
  hasHeader?: boolean | undefined;
  country?: string | undefined;
  fileName: string;
}

export interface Upload {
  file: File;
  query: UploadAsk;
  progress: (part: number) => void;
  signal: AbortSignal;
}

export interface StartAsk {
  columns: string[];
  country?: string | undefined;
  dryRun: boolean;
}

/** Files of one kind: what their columns may hold, and what is asked of the API. */
export interface ImportKind {
  /** Queries of the list and of one import begin with it. */
  key: readonly string[];
  columns: ColumnChoices;
  /** Answers the id of the import. */
  upload: (upload: Upload) => Promise<string>;
  list: (cursor: string | undefined, signal: AbortSignal) => Promise<ImportList>;
  get: (id: string, signal: AbortSignal) => Promise<ImportDetail>;
  start: (id: string, ask: StartAsk) => Promise<unknown>;
  cancel: (id: string) => Promise<unknown>;
  undo: (id: string) => Promise<unknown>;
  /** A CSV file of the rows that could not be read. */
  faults: (id: string) => Promise<string>;
}

export interface ImportList {
  data: readonly ImportFacts[];
  nextCursor: string | null;
}
