import {
  id,
  traceOfNumber,
  type CallId,
  type ErasureId,
  type Instant,
  type NumberTrace,
  type TenantId,
} from '#domain';
import { newId } from '#platform';
import { pgArray } from '../hot/pg-array.js';
import type { HotPool } from '../pool/hot-pool.js';
import {
  ADVANCE,
  BEGIN,
  COUNTED,
  DELETE_RECEIPTS,
  EMPTY_ATTEMPTS,
  ERASE_CALLS,
  ERASE_PHONES,
  ERASURE_CONTEXT,
  FAIL_ERASURE,
  FINISH,
  MASK_CHUNKS,
  TRACE_CALLS,
  WAIT,
  deleteRows,
  maskRows,
} from './erase-sql.js';
import type { ErasureReport } from './erasure-report.js';
import { NumberSearch } from './number-search.js';
import { WAITS_FOR } from './search-sql.js';
import type { SearchedTable } from './searched-tables.js';

/**
 * counting -> counted (to be started) or telling; counted -> telling; telling (waits for calls that go on and for deliveries that
 * are due) -> erasing -> done. Until it erases it can be cancelled. One that failed can be started again.
 */
export const ERASURE_STATES = [
  'counting',
  'counted',
  'telling',
  'erasing',
  'done',
  'cancelled',
  'failed',
] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

/** What stays of a call of the number. */
export const ERASURE_KEEPS = ['anonymous', 'nothing'] as const;
export type ErasureKeep = (typeof ERASURE_KEEPS)[number];

/** How far it has got: behind this key of this step, the first time (0) or the last (1). */
export interface ErasurePlace {
  round: 0 | 1;
  step: string;
  /** Null: from the step's beginning. */
  after: string[] | null;
}

export interface ErasureContext {
  tenantId: TenantId;
  state: ErasureState;
  /** Null once it is over. */
  trace: NumberTrace | null;
  keep: ErasureKeep;
  force: boolean;
  place: ErasurePlace | null;
  report: Partial<ErasureReport>;
  preview: ErasureReport | null;
  waitUntil: Instant | null;
  begunAt: Instant | null;
}

/** An erasure and the lease under which it is worked on. */
export interface ErasureOwner {
  erasureId: ErasureId;
  fence: string;
}

/** What is saved with what was done to a slice. */
export interface ErasureStep {
  /** In which it must be. */
  state: ErasureState;
  place: ErasurePlace;
  report: ErasureReport;
}

export interface CallTrace {
  kind: 'call' | 'vendor' | 'receipt';
  key: string;
  /** It is left as it is. */
  spared: boolean;
}

export interface ErasedCalls {
  traces: readonly CallTrace[];
  /** Calls of the number; `record`: what stays of it, null for nothing. */
  own: readonly { id: CallId; record: string | null }[];
  /** Calls in which the number occurs. */
  masked: readonly { id: CallId; old: string; record: string; did: string | null }[];
  pattern: string;
}

/** What is done to a slice. */
export type Erasing =
  | { what: 'nothing' }
  | { what: 'trace'; traces: readonly CallTrace[] }
  | ({ what: 'calls' } & ErasedCalls)
  | {
      what: 'mask';
      table: SearchedTable;
      rows: readonly {
        key: readonly string[];
        old: readonly (string | null)[];
        masked: readonly (string | null)[];
      }[];
    }
  | { what: 'delete'; table: Pick<SearchedTable, 'table' | 'keys'>; keys: readonly (readonly string[])[] }
  | {
      what: 'attempts';
      attempts: readonly { id: string; url: string | null; error: string | null; decision: string }[];
    }
  | { what: 'receipts'; ids: readonly string[] }
  | { what: 'phones'; sole: readonly string[]; shared: readonly string[]; e164s: readonly string[] }
  | { what: 'chunks'; pieces: readonly { importId: string; at: string; bytes: Uint8Array }[] };

type Row = Record<string, unknown>;

/** The statements of an erasure's drain. There are few erasures, so each statement is for one of them. */
export class ErasureStore {
  readonly search: NumberSearch;

  constructor(private readonly hot: Pick<HotPool, 'run'>) {
    this.search = new NumberSearch((name, text, values) => this.ask(name, text, values));
  }

  /** Undefined when there is no such erasure. */
  async context(erasureId: ErasureId): Promise<ErasureContext | undefined> {
    const [row] = await this.ask('context', ERASURE_CONTEXT, [erasureId]);
    if (!row) return undefined;
    const number = row['number'] as string | null;
    const place = row['place'] as ErasurePlace | Record<string, never>;
    return {
      tenantId: id<TenantId>(row['tenant_id'] as string),
      state: row['state'] as ErasureState,
      trace: number === null ? null : traceOfNumber(number),
      keep: row['keep'] as ErasureKeep,
      force: row['force'] as boolean,
      place: 'step' in place ? (place as ErasurePlace) : null,
      report: row['report'] as Partial<ErasureReport>,
      preview: row['preview'] as ErasureReport | null,
      waitUntil: row['wait_until'] as Instant | null,
      begunAt: row['begun_at'] as Instant | null,
    };
  }

  /** Calls of the number that go on, and deliveries of its calls that are due. */
  async waitsFor(tenantId: TenantId, { e164s }: NumberTrace): Promise<{ calls: number; deliveries: number }> {
    const [row] = await this.ask('waits_for', WAITS_FOR, [tenantId, e164s]);
    return { calls: Number(row?.['calls']), deliveries: Number(row?.['deliveries']) };
  }

  async wait({ erasureId, fence }: ErasureOwner, waitsFor: object): Promise<void> {
    await this.ask('wait', WAIT, [erasureId, fence, JSON.stringify(waitsFor)]);
  }

  /** @returns false when the lease was lost or it was cancelled; then nothing was deleted */
  async begin({ erasureId, fence }: ErasureOwner, at: Instant, report: ErasureReport): Promise<boolean> {
    return isKept(await this.ask('begin', BEGIN, [erasureId, fence, at, JSON.stringify(report)]));
  }

  async counted({ erasureId, fence }: ErasureOwner, at: Instant, preview: ErasureReport): Promise<boolean> {
    return isKept(await this.ask('counted', COUNTED, [erasureId, fence, at, JSON.stringify(preview)]));
  }

  /** @param ends  report and preview without the number, and what the audit trail says */
  async finish(
    { erasureId, fence }: ErasureOwner,
    at: Instant,
    ends: { report: string; preview: string | null; changes: object },
  ): Promise<boolean> {
    const changes = JSON.stringify(ends.changes);
    const values = [erasureId, fence, at, ends.report, ends.preview, newId(), changes];
    return isKept(await this.ask('finish', FINISH, values));
  }

  async fail({ erasureId, fence }: ErasureOwner, reason: string): Promise<void> {
    await this.ask('fail', FAIL_ERASURE, [erasureId, fence, reason]);
  }

  /** @returns false when the lease was lost or it was cancelled, and nothing was written */
  async write({ erasureId, fence }: ErasureOwner, step: ErasureStep, erasing: Erasing): Promise<boolean> {
    const saved = [erasureId, fence, step.state, JSON.stringify(step.place), JSON.stringify(step.report)];
    const { name, text, values } = statementOf(erasing);
    return isKept(await this.ask(name, text, [...saved, ...values]));
  }

  private ask(name: string, text: string, values: unknown[]): Promise<Row[]> {
    return this.hot.run<Row>(`erasure.${name}`, text, values);
  }
}

interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

function statementOf(erasing: Erasing): Statement {
  const { uuid, text } = pgArray;
  switch (erasing.what) {
    case 'nothing':
      return { name: 'advance', text: ADVANCE, values: [] };
    case 'trace':
      return { name: 'trace', text: TRACE_CALLS, values: traceValues(erasing.traces) };
    case 'calls':
      return { name: 'calls', text: ERASE_CALLS, values: callValues(erasing) };
    case 'mask':
      return maskStatement(erasing);
    case 'delete':
      return {
        name: `delete_${erasing.table.table}`,
        text: deleteRows(erasing.table),
        values: Object.keys(erasing.table.keys).map((_, at) =>
          text(erasing.keys.map((key) => key[at] ?? null)),
        ),
      };
    case 'attempts': {
      const { attempts } = erasing;
      const values = [
        uuid(attempts.map((attempt) => attempt.id)),
        text(attempts.map(({ url }) => url)),
        text(attempts.map(({ error }) => error)),
        text(attempts.map(({ decision }) => decision)),
      ];
      return { name: 'attempts', text: EMPTY_ATTEMPTS, values };
    }
    case 'receipts':
      return { name: 'receipts', text: DELETE_RECEIPTS, values: [erasing.ids] };
    case 'phones':
      return {
        name: 'phones',
        text: ERASE_PHONES,
        values: [erasing.sole, erasing.shared, erasing.e164s],
      };
    case 'chunks': {
      const { pieces } = erasing;
      const values = [
        pieces.map(({ importId }) => importId),
        pieces.map(({ at }) => at),
        pieces.map(({ bytes }) => Buffer.from(bytes)),
      ];
      return { name: 'chunks', text: MASK_CHUNKS, values };
    }
  }
}

function maskStatement({ table, rows }: Extract<Erasing, { what: 'mask' }>): Statement {
  const { text } = pgArray;
  const keys = Object.keys(table.keys).map((_, at) => text(rows.map(({ key }) => key[at] ?? null)));
  const columns = Object.keys(table.columns).flatMap((_, at) => [
    text(rows.map(({ old }) => old[at] ?? null)),
    text(rows.map(({ masked }) => masked[at] ?? null)),
  ]);
  return { name: `mask_${table.table}`, text: maskRows(table), values: [...keys, ...columns] };
}

function traceValues(traces: readonly CallTrace[]): unknown[] {
  // Two calls may be of one receipt, and a row is written once.
  const known = new Map(traces.map((trace) => [`${trace.kind} ${trace.key}`, trace]));
  const unique = [...known.values()];
  return [
    pgArray.text(unique.map(({ kind }) => kind)),
    pgArray.text(unique.map(({ key }) => key)),
    unique.map(({ spared }) => spared),
  ];
}

function callValues({ traces, own, masked, pattern }: ErasedCalls): unknown[] {
  const { uuid, text } = pgArray;
  return [
    ...traceValues(traces),
    uuid(own.map((call) => call.id)),
    text(own.map(({ record }) => record)),
    uuid(masked.map((call) => call.id)),
    text(masked.map(({ old }) => old)),
    text(masked.map(({ record }) => record)),
    text(masked.map(({ did }) => did)),
    pattern,
  ];
}

function isKept([row]: Row[]): boolean {
  return row?.['kept'] === 1;
}
