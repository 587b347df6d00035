import {
  id,
  isUuid,
  keptCallId,
  unquoted,
  restoreCall,
  type Call,
  type CallEventId,
  type CallId,
  type CallResult,
  type ConnectionId,
  type Direction,
  type Instant,
  type StoredCall,
  type TenantId,
} from '#domain';
import type { Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { attemptOf, deliveryOf, type AttemptRecord, type DeliveryRow } from './delivery-record.js';
import { pageOf, type Page, type PageAsk } from './page.js';
import { RECEIPT_META, receiptOf, type ReceiptRecord } from './receipt-record.js';
import { spellingsOf } from './spellings-of.js';
import { dateOf, instantOf, instantOfId } from './times.js';

export interface CallFilter {
  connectionId?: ConnectionId | undefined;
  /** Start of the call, from inclusive, to exclusive. */
  from?: Instant | undefined;
  to?: Instant | undefined;
  /** The party outside, in any spelling that the tenant's connections read. */
  number?: string | undefined;
  extension?: string | undefined;
  result?: CallResult | undefined;
  direction?: Direction | undefined;
  /** Our id of the call, or the PBX's. */
  id?: string | undefined;
}

/** Place of a call in the list: when it started, then its id. */
export interface CallKey {
  startedAt: Instant;
  id: string;
}

export interface CallEventRecord {
  id: CallEventId;
  type: string;
  sequence: number;
  /** When it happened to the call. */
  occurredAt: Instant;
  /** When we made it of the receipt. */
  createdAt: Instant;
  receiptId: string | null;
}

/** Everything that is known about how one call came in and went out. */
export interface CallHistory {
  receipts: ReceiptRecord[];
  events: CallEventRecord[];
  deliveries: DeliveryRow[];
  attempts: AttemptRecord[];
}

const STORED = { id: true, connectionId: true, vendorCallId: true, record: true } as const;

function callOf(row: { id: string; connectionId: string; vendorCallId: string; record: unknown }): Call {
  const ids = {
    id: id<CallId>(row.id),
    connectionId: id<ConnectionId>(row.connectionId),
    vendorCallId: row.vendorCallId,
  };
  return restoreCall(ids, row.record as StoredCall);
}

/** The records of calls. Only the enricher writes them. */
export class CallRepository {
  constructor(private readonly scope: TenantScope) {}

  /** Latest start first. */
  list(tenant: TenantId, filter: CallFilter, ask: PageAsk<CallKey>): Promise<Page<Call, CallKey>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.call.findMany({
        select: { ...STORED, startedAt: true },
        where: {
          AND: [...(await conditions(tx, tenant, filter)), ...startedBefore(ask.after)],
          tenantId: tenant,
        },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: ask.limit + 1,
      });
      return pageOf(rows, ask.limit, {
        item: callOf,
        key: (row) => ({ startedAt: instantOf(row.startedAt), id: row.id }),
      });
    });
  }

  get(tenant: TenantId, callId: CallId): Promise<Call | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.call.findFirst({
        select: STORED,
        where: { id: callId, tenantId: tenant },
      });
      return row === null ? undefined : callOf(row);
    });
  }

  /** In five statements, however long the history is. Undefined when there is no such call. */
  history(tenant: TenantId, callId: CallId): Promise<CallHistory | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const own = { callId, tenantId: tenant };
      if ((await tx.call.count({ where: { id: callId, tenantId: tenant } })) === 0) return undefined;
      const events = await tx.callEvent.findMany({
        select: { id: true, type: true, sequence: true, occurredAt: true, receiptId: true },
        where: own,
      });
      const receiptIds = events.flatMap((event) => event.receiptId ?? []);
      const receipts = await tx.receipt.findMany({
        select: RECEIPT_META,
        where: { id: { in: receiptIds }, tenantId: tenant },
      });
      const deliveries = await tx.delivery.findMany({ where: own });
      const attempts = await tx.attempt.findMany({
        where: { deliveryId: { in: deliveries.map((delivery) => delivery.id) }, tenantId: tenant },
      });
      return {
        receipts: receipts.map(receiptOf),
        events: events.map(eventOf),
        deliveries: deliveries.map(deliveryOf),
        attempts: attempts.map(attemptOf),
      };
    });
  }
}

async function conditions(tx: Tx, tenant: TenantId, filter: CallFilter): Promise<Prisma.CallWhereInput[]> {
  const found: Prisma.CallWhereInput[] = [];
  if (filter.connectionId !== undefined) found.push({ connectionId: filter.connectionId });
  if (filter.from !== undefined) found.push({ startedAt: { gte: dateOf(filter.from) } });
  if (filter.to !== undefined) found.push({ startedAt: { lt: dateOf(filter.to) } });
  if (filter.extension !== undefined) found.push({ extension: filter.extension });
  if (filter.result !== undefined) found.push({ result: filter.result });
  if (filter.direction !== undefined) found.push({ direction: filter.direction });
  if (filter.number === undefined && filter.id === undefined) return found;
  const connections = await tx.connection.findMany({
    select: { id: true, country: true },
    where: { tenantId: tenant },
  });
  if (filter.number !== undefined) {
    const countries = new Set(connections.map(({ country }) => country));
    found.push({ customerNumber: { in: spellingsOf(filter.number, countries) } });
  }
  if (filter.id !== undefined) {
    // The PBX's ids are looked up by the unique index, which begins with the connection.
    const vendors: Prisma.CallWhereInput = {
      connectionId: { in: connections.map((connection) => connection.id) },
      // As it is kept: without the quotation marks and blanks with which a PBX may have sent it.
      vendorCallId: keptCallId(unquoted(filter.id)),
    };
    const ours = filter.id.toLowerCase();
    found.push(isUuid(ours) ? { OR: [{ id: ours }, vendors] } : vendors);
  }
  return found;
}

function startedBefore(after: CallKey | null): Prisma.CallWhereInput[] {
  if (after === null) return [];
  const startedAt = dateOf(after.startedAt);
  // The first condition says nothing new, but it is the one that the index can use.
  return [
    { startedAt: { lte: startedAt } },
    { OR: [{ startedAt: { lt: startedAt } }, { id: { lt: after.id } }] },
  ];
}

function eventOf(row: {
  id: string;
  type: string;
  sequence: number;
  occurredAt: Date;
  receiptId: string | null;
}): CallEventRecord {
  return {
    ...row,
    id: id<CallEventId>(row.id),
    occurredAt: instantOf(row.occurredAt),
    createdAt: instantOfId(row.id),
  };
}
