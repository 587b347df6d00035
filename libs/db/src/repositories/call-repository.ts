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
import { Prisma } from '../generated/client.js';
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
  /** The PBX's id of the queue. */
  queueId?: string | undefined;
  /** Whether it has a recording. */
  recording?: boolean | undefined;
  /** Whether somebody called us and was not served. */
  missed?: boolean | undefined;
  /** Whether somebody called us whose number no contact has. */
  unknownCaller?: boolean | undefined;
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

export interface StoredRow {
  id: string;
  connectionId: string;
  vendorCallId: string;
  record: unknown;
}

export function callOf(row: StoredRow): Call {
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
      const found = [...(await conditions(tx, tenant, filter)), ...startedBefore(ask.after)];
      const rows = await tx.$queryRaw<(StoredRow & { startedAt: Date })[]>`
        SELECT c.id, c.connection_id AS "connectionId", c.vendor_call_id AS "vendorCallId", c.record,
          c.started_at AS "startedAt"
        FROM call c WHERE ${Prisma.join([Prisma.sql`c.tenant_id = ${tenant}::uuid`, ...found], ' AND ')}
        ORDER BY c.started_at DESC, c.id DESC LIMIT ${ask.limit + 1}::int`;
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

async function conditions(tx: Tx, tenant: TenantId, filter: CallFilter): Promise<Prisma.Sql[]> {
  const found = plainConditions(filter);
  if (filter.number === undefined && filter.id === undefined) return found;
  const connections = await tx.connection.findMany({
    select: { id: true, country: true },
    where: { tenantId: tenant },
  });
  if (filter.number !== undefined) {
    const countries = new Set(connections.map(({ country }) => country));
    found.push(Prisma.sql`c.customer_number = ANY(${spellingsOf(filter.number, countries)}::text[])`);
  }
  if (filter.id !== undefined) {
    // The PBX's ids are looked up by the unique index, which begins with the connection.
    const vendors = Prisma.sql`c.connection_id = ANY(${connections.map((one) => one.id)}::uuid[])
      AND c.vendor_call_id = ${keptCallId(unquoted(filter.id))}`;
    const ours = filter.id.toLowerCase();
    found.push(isUuid(ours) ? Prisma.sql`(c.id = ${ours}::uuid OR (${vendors}))` : vendors);
  }
  return found;
}

/** Those that need nothing but the filter. */
function plainConditions(filter: CallFilter): Prisma.Sql[] {
  const { connectionId, from, to, extension, result, direction, queueId, recording, missed } = filter;
  const isKnown = Prisma.sql`EXISTS (
    SELECT 1 FROM contact_phone p WHERE p.tenant_id = c.tenant_id AND p.e164 = c.customer_number)`;
  const all: (Prisma.Sql | undefined)[] = [
    connectionId && Prisma.sql`c.connection_id = ${connectionId}::uuid`,
    from === undefined ? undefined : Prisma.sql`c.started_at >= ${dateOf(from)}`,
    to === undefined ? undefined : Prisma.sql`c.started_at < ${dateOf(to)}`,
    extension === undefined ? undefined : Prisma.sql`c.extension = ${extension}`,
    result && Prisma.sql`c.result = ${result}`,
    direction && Prisma.sql`c.direction = ${direction}`,
    queueId === undefined ? undefined : Prisma.sql`c.queue_id = ${queueId}`,
    recording === undefined ? undefined : Prisma.sql`c.recorded = ${recording}`,
    missed === undefined ? undefined : Prisma.sql`c.missed = ${missed}`,
    filter.unknownCaller === undefined
      ? undefined
      : Prisma.sql`(c.direction = 'inbound' AND NOT ${isKnown}) = ${filter.unknownCaller}`,
  ];
  return all.filter((one) => one !== undefined);
}

export function startedBefore(after: CallKey | null): Prisma.Sql[] {
  return after === null
    ? []
    : [Prisma.sql`(c.started_at, c.id) < (${dateOf(after.startedAt)}::timestamptz, ${after.id}::uuid)`];
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
