import {
  holdsNumber,
  id,
  type CallId,
  type ConnectionId,
  type ErasureId,
  type NumberTrace,
  type StoredCall,
  type TenantId,
} from '#domain';
import { textsIn } from '#dialects';
import {
  SEARCH_ANSWERS,
  SEARCH_ATTEMPTS,
  SEARCH_CALLS,
  SEARCH_CHUNKS,
  SEARCH_OWN_CALLS,
  SEARCH_PHONES,
  SEARCH_RECEIPTS,
  searchRows,
} from './search-sql.js';
import type { SearchedTable } from './searched-tables.js';

/** Runs one statement: as the worker, or as one tenant. */
export type AskDatabase = (
  name: string,
  text: string,
  values: unknown[],
) => Promise<Record<string, unknown>[]>;

/** Whose number is looked for, and on whose behalf: an erasure's traces count for it; without one whole rows are answered. */
export interface SearchFor {
  tenantId: TenantId;
  trace: NumberTrace;
  erasureId: ErasureId | null;
  /** What it would do with calls is traced and not done. */
  counting: boolean;
}

/** What was found in a slice of a table, and the key to go on behind; null when that was the last one. */
export interface Slice<Item> {
  found: Item[];
  next: string[] | null;
}

export interface FoundRow {
  key: string[];
  /** Of the columns that are searched. */
  texts: (string | null)[];
  /** JSON; null for an erasure. */
  whole: string | null;
}

export interface FoundCall {
  id: CallId;
  connectionId: ConnectionId;
  vendorCallId: string;
  did: string | null;
  record: string;
  stored: StoredCall;
  /** Whether it is a call of the number, and not only one in which the number occurs. */
  own: boolean;
  open: boolean;
  held: number;
  due: number;
  events: number;
  attempts: number;
  receipts: string[];
  whole: string | null;
}

export interface FoundAttempt {
  id: string;
  url: string | null;
  error: string | null;
  decision: string;
  whole: string | null;
}

export interface FoundReceipt {
  id: string;
  due: boolean;
  row: Record<string, unknown>;
}

export interface FoundChunk {
  importId: string;
  at: string;
  bytes: Buffer;
  /** How the next piece begins; empty behind the last. */
  next: Buffer;
}

export interface FoundAnswer {
  actorId: string;
  key: string;
  /** The number stands in the key. */
  named: boolean;
  sealed: string | null;
}

type Row = Record<string, unknown>;

/** Rows of a slice, by how much one may hold. */
const MOST = {
  call: 200,
  row: 1_000,
  attempt: 500,
  receipt: 1_000,
  phone: 500,
  chunk: 16,
  answer: 200,
} as const;
const RECEIPT_BYTES = 4 * 1024 * 1024;
/** A number in a file with all that may stand between its digits. */
export const CHUNK_OVERLAP = 256;

/** Looks for a number through everything that is kept, slice by slice. */
export class NumberSearch {
  constructor(private readonly ask: AskDatabase) {}

  async rows(searched: SearchedTable, whose: SearchFor, after: string[]): Promise<Slice<FoundRow>> {
    const { tenantId, trace, erasureId, counting } = whose;
    const rows = await this.ask(`search.${searched.table}`, searchRows(searched), [
      ...[tenantId, trace.pattern, MOST.row, after, erasureId],
      ...(searched.goesWithCall ? [counting] : []),
    ]);
    return { found: rows.filter(isHit).map(rowOf), next: nextOf(rows, MOST.row) };
  }

  /** @param which  all calls of the tenant, or by an index those of the number */
  async calls(which: 'own' | 'all', whose: SearchFor, after: string[]): Promise<Slice<FoundCall>> {
    const { tenantId, trace, erasureId, counting } = whose;
    const [name, text] =
      which === 'own' ? ['search.own_calls', SEARCH_OWN_CALLS] : ['search.calls', SEARCH_CALLS];
    const values = [tenantId, trace.pattern, MOST.call, after, erasureId, counting, trace.e164s];
    const rows = await this.ask(name, text, values);
    return { found: rows.filter(isHit).map(callOf), next: nextOf(rows, MOST.call) };
  }

  async attempts(whose: SearchFor, after: string[]): Promise<Slice<FoundAttempt>> {
    const { tenantId, trace, erasureId, counting } = whose;
    const values = [tenantId, trace.pattern, MOST.attempt, after, erasureId, counting];
    const rows = await this.ask('search.attempts', SEARCH_ATTEMPTS, values);
    const found = rows.filter(isHit).map((row): FoundAttempt => {
      const [attemptId = '', url = null, error = null, decision] = row['texts'] as (string | null)[];
      return {
        id: attemptId ?? '',
        url,
        error,
        decision: decision ?? '',
        whole: row['whole'] as string | null,
      };
    });
    // A delivery has as many rows as it has attempts that hold the number.
    const deliveries = new Set(rows.map((row) => (row['key'] as string[])[0])).size;
    return { found, next: deliveries < MOST.attempt ? null : lastKey(rows) };
  }

  /** By what can be read out of it in whatever way, and by the calls that were traced. */
  async receipts(whose: SearchFor, after: string[]): Promise<Slice<FoundReceipt>> {
    const { tenantId, trace, erasureId } = whose;
    const values = [tenantId, erasureId, MOST.receipt, after, RECEIPT_BYTES];
    const rows = await this.ask('search.receipts', SEARCH_RECEIPTS, values);
    const found = rows
      .filter((row) => row['own'] === true && row['spared'] !== true && isAbout(row, trace))
      .map((row) => ({ id: (row['key'] as string[])[0] ?? '', due: row['state'] === 'due', row }));
    // The slice may have ended by its bytes.
    return { found, next: lastKey(rows) };
  }

  /** Contacts; their one text is whether they have another number. */
  async phones(whose: SearchFor, after: string[]): Promise<Slice<FoundRow>> {
    const { tenantId, trace, erasureId } = whose;
    const values = [tenantId, trace.e164s, MOST.phone, after, erasureId === null];
    const rows = await this.ask('search.phones', SEARCH_PHONES, values);
    return { found: rows.map(rowOf), next: nextOf(rows, MOST.phone) };
  }

  /** All pieces of the tenant's files: whether the number is in one is for whoever can mask it. */
  async chunks({ tenantId }: SearchFor, after: string[]): Promise<Slice<FoundChunk>> {
    const rows = await this.ask('search.chunks', SEARCH_CHUNKS, [tenantId, CHUNK_OVERLAP, MOST.chunk, after]);
    const found = rows.flatMap((row) => {
      const [importId = '', at = ''] = row['key'] as string[];
      const bytes = row['bytes'] as Buffer | null;
      return bytes ? [{ importId, at, bytes, next: (row['next'] as Buffer | null) ?? Buffer.alloc(0) }] : [];
    });
    return { found, next: nextOf(rows, MOST.chunk) };
  }

  /** All kept answers of the tenant: they are sealed. */
  async answers({ tenantId, trace }: SearchFor, after: string[]): Promise<Slice<FoundAnswer>> {
    const values = [tenantId, trace.pattern, MOST.answer, after];
    const rows = await this.ask('search.answers', SEARCH_ANSWERS, values);
    const found = rows
      .filter((row) => row['own'] === true)
      .map((row) => {
        const [actorId = '', key = ''] = row['key'] as string[];
        return { actorId, key, named: row['named'] === true, sealed: row['sealed'] as string | null };
      });
    return { found, next: nextOf(rows, MOST.answer) };
  }
}

function isHit(row: Row): boolean {
  return row['hit'] === true;
}

function rowOf(row: Row): FoundRow {
  return {
    key: row['key'] as string[],
    texts: row['texts'] as (string | null)[],
    whole: row['whole'] as string | null,
  };
}

function callOf(row: Row): FoundCall {
  const record = row['record'] as string;
  return {
    id: id<CallId>((row['key'] as string[])[1] ?? ''),
    connectionId: id<ConnectionId>(row['connection_id'] as string),
    vendorCallId: row['vendor_call_id'] as string,
    did: row['did'] as string | null,
    record,
    stored: JSON.parse(record) as StoredCall,
    own: row['own'] === true,
    open: row['open'] === true,
    held: row['held'] as number,
    due: row['due'] as number,
    events: row['events'] as number,
    attempts: row['attempts'] as number,
    receipts: row['receipts'] as string[],
    whole: row['whole'] as string | null,
  };
}

function isAbout(row: Row, trace: NumberTrace): boolean {
  if (row['linked'] === true) return true;
  const texts = textsIn({
    query: row['query'] as string,
    headers: row['headers'] as Record<string, string | undefined>,
    body: row['body'] as Buffer,
    surplus: row['surplus'] as Buffer | null,
    country: (row['country'] as string | null) ?? '',
  });
  const beside = [row['reason'], row['note'], ...((row['vendor_call_ids'] as string[] | null) ?? [])];
  return [...texts, ...beside.filter((text) => typeof text === 'string')].some((text) =>
    holdsNumber(text, trace),
  );
}

function nextOf(rows: Row[], most: number): string[] | null {
  return rows.length < most ? null : lastKey(rows);
}

function lastKey(rows: Row[]): string[] | null {
  return (rows.at(-1)?.['key'] as string[] | undefined) ?? null;
}
