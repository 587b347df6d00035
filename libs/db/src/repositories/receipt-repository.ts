import {
  AppError,
  instant,
  notFound,
  type ConnectionId,
  type Instant,
  type ReceiptId,
  type TenantId,
  type Actor,
} from '#domain';
import type { Clock } from '#platform';
import { uuidFloor } from '../maintenance/partitions.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { RECEIPT_META, receiptOf, type ReceiptRecord, type ReceiptState } from './receipt-record.js';
import { dateOf } from './times.js';

export interface ReceiptFilter {
  states: readonly ReceiptState[];
  connectionId?: ConnectionId | undefined;
}

/** Receipts of one connection, whatever became of them. */
export interface ConnectionReceiptFilter {
  states: readonly ReceiptState[];
  /** Receipt, from inclusive, to exclusive. */
  from?: Instant | undefined;
  to?: Instant | undefined;
}

/** Which receipts of a connection are replayed together. */
export interface ReplayAsk {
  state: 'unparsed' | 'set_aside';
  /** Receipt, from inclusive, to exclusive. */
  from?: Instant | undefined;
  to?: Instant | undefined;
}

/** Receipts that one request replays: all of a bad day must not be one transaction. */
export const MOST_REPLAYED = 5_000;

/** Inbound webhooks exactly as they came. Ingress keeps them; here they are looked at and replayed. */
export class ReceiptRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  list(tenant: TenantId, { states, ...filter }: ReceiptFilter, ask: PageAsk): Promise<Page<ReceiptRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.receipt.findMany({
        select: RECEIPT_META,
        where: { ...given(filter), ...olderThan(ask), tenantId: tenant, state: { in: [...states] } },
        ...newestFirst(ask),
      });
      return pageOf(rows, ask.limit, { item: receiptOf, key: (row) => row.id });
    });
  }

  /**
   * Newest first. Each state has an index of its own, so each is asked for by itself.
   *
   * @returns undefined when the tenant has no such connection
   */
  ofConnection(
    tenant: TenantId,
    connectionId: ConnectionId,
    { states, from, to }: ConnectionReceiptFilter,
    ask: PageAsk,
  ): Promise<Page<ReceiptRecord> | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      if ((await tx.connection.count({ where: { id: connectionId, tenantId: tenant } })) === 0)
        return undefined;
      const rows = [];
      for (const state of states) {
        const found = await tx.receipt.findMany({
          select: RECEIPT_META,
          where: {
            connectionId,
            tenantId: tenant,
            state,
            // An id tells when its webhook came, and it is what the index and the partitions go by.
            AND: [
              olderThan(ask),
              ...(from === undefined ? [] : [{ id: { gte: uuidFloor(from) } }]),
              ...(to === undefined ? [] : [{ id: { lt: uuidFloor(to) } }]),
            ],
          },
          ...newestFirst(ask),
        });
        rows.push(...found);
      }
      rows.sort((a, b) => (a.id < b.id ? 1 : -1));
      return pageOf(rows, ask.limit, { item: receiptOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, receiptId: ReceiptId): Promise<ReceiptRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.receipt.findFirst({
        select: RECEIPT_META,
        where: { id: receiptId, tenantId: tenant },
      });
      return row === null ? undefined : receiptOf(row);
    });
  }

  /** The body's bytes, and what its sender called them. */
  body(
    tenant: TenantId,
    receiptId: ReceiptId,
  ): Promise<{ body: Uint8Array; contentType: string | undefined } | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { id: receiptId, tenantId: tenant };
      const row = await tx.receipt.findFirst({ select: { body: true, headers: true }, where });
      if (row === null) return undefined;
      const contentType = (row.headers as Record<string, unknown>)['content-type'];
      return { body: row.body, contentType: typeof contentType === 'string' ? contentType : undefined };
    });
  }

  /**
   * Gives the receipt to the enricher once more. What was told of it before is not told twice.
   *
   * @returns the connection whose mailbox it lies in
   * @throws AppError `resource.not_found`; `receipt.already_due`; `connection.deleted` when nothing says how to read it
   */
  replay(tenant: TenantId, receiptId: ReceiptId, by: Actor): Promise<ConnectionId> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if (!(await lockRow(tx, 'receipt', tenant, receiptId))) throw notFound('receipt');
      const where = { id: receiptId, tenantId: tenant };
      const before = receiptOf(await tx.receipt.findUniqueOrThrow({ select: RECEIPT_META, where }));
      if (before.state === 'due') throw alreadyDue();
      if ((await tx.connection.count({ where: { id: before.connectionId, tenantId: tenant } })) === 0) {
        throw connectionDeleted();
      }
      const after = { state: 'due', reason: null, tries: 0 };
      await tx.receipt.update({ select: { id: true }, where, data: after });
      const changes = differences(before, after);
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'receipt.replayed',
        subjectId: receiptId,
        changes,
      });
      return before.connectionId;
    });
  }

  /**
   * Gives receipts of a connection to the enricher once more, the oldest first and `MOST_REPLAYED` at most. They keep their
   * time of receipt, so what follows from them is what would have followed then.
   *
   * @returns how many, and whether there are more
   * @throws AppError `resource.not_found` when the tenant has no such connection
   */
  replayMany(
    tenant: TenantId,
    connectionId: ConnectionId,
    ask: ReplayAsk,
    by: Actor,
  ): Promise<{ replayed: number; more: boolean }> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if ((await tx.connection.count({ where: { id: connectionId, tenantId: tenant } })) === 0) {
        throw notFound('connection');
      }
      const found = await lockProblems(tx, { tenant, connectionId, ask });
      const ids = found.slice(0, MOST_REPLAYED);
      if (ids.length === 0) return { replayed: 0, more: false };
      await tx.$executeRaw`
        UPDATE receipt SET state = 'due', reason = NULL, tries = 0
        WHERE id = ANY(${ids}::uuid[]) AND tenant_id = ${tenant}::uuid`;
      const { state, from = null, to = null } = ask;
      const changes = made({ state, from, to, replayed: ids.length });
      const action = 'connection.receipts_replayed';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: connectionId, changes });
      return { replayed: ids.length, more: found.length > ids.length };
    });
  }
}

/** One more than are replayed, which tells whether there are more. What somebody else replays just now is left to him. */
async function lockProblems(
  tx: Tx,
  of: { tenant: TenantId; connectionId: ConnectionId; ask: ReplayAsk },
): Promise<string[]> {
  const { state, from, to } = of.ask;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM receipt
    WHERE connection_id = ${of.connectionId}::uuid AND tenant_id = ${of.tenant}::uuid
      AND state IN ('unparsed', 'set_aside') AND state = ${state}
      AND received_at >= ${from === undefined ? EVER : dateOf(from)}
      AND received_at < ${to === undefined ? NEVER : dateOf(to)}
    ORDER BY id LIMIT ${MOST_REPLAYED + 1} FOR UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => id);
}

const EVER = dateOf(instant(0));
/** The year 2286: no receipt is later. */
const NEVER = dateOf(instant(1e13));

function alreadyDue(): AppError {
  return new AppError(
    'conflict',
    'receipt.already_due',
    'The receipt is due already: wait until it was worked on.',
  );
}

function connectionDeleted(): AppError {
  return new AppError('conflict', 'connection.deleted', 'The connection of this receipt was deleted.');
}
