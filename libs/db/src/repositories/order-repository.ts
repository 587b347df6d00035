import {
  OPEN_CALL,
  dialledNumber,
  firstLookAt,
  id,
  instant,
  judgeOrder,
  notFound,
  numberKey,
  statesBefore,
  uuidsIn,
  type AgentId,
  type ConnectionId,
  type Instant,
  type LeadId,
  type Order,
  type OrderId,
  type OrderSource,
  type OrderState,
  type OrderVerdict,
  type ShapedSpan,
  type TenantId,
} from '#domain';
import { newId, type Clock } from '#platform';
import type { Prisma } from '../generated/client.js';
import { storableJson } from '../hot/storable-json.js';
import { withoutNul } from '../hot/without-nul.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { made, writeAudit } from './audit-trail.js';
import { isTaken } from './is-taken.js';
import { judgeLead, leadIsDialled, type LeadOfOrder } from './lead-of-order.js';
import { besideOrder, isOpenNumber, lockAccount } from './order-gate.js';
import { orderRecordOf, type OrderRecord } from './order-record.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { bucketOf, pbxAccountOf, type PbxAccountRecord } from './pbx-account-repository.js';
import { rememberOrder } from './remember-order.js';
import { dateOf } from './times.js';
import { Turns } from './turns.js';

export interface NewOrder {
  connectionId: ConnectionId;
  source: OrderSource;
  actor: string;
  agentId: AgentId | null;
  order: Order;
  /** The same for the same order of the same actor, for two seconds. */
  sameKey: Uint8Array;
  /** When somebody asked for it, however long it has waited since; absent: as it comes here. */
  askedAt?: Instant | undefined;
  /** Numbers that are called although they are on the list. */
  despiteDoNotCall: readonly string[];
  /** For whom of a campaign's list an agent places it. */
  lead?: LeadOfOrder | undefined;
}

/** `begun`: it is committed, and to be sent now, once. `repeat`: it was placed a moment ago. */
export type Begun =
  | { kind: 'begun'; order: OrderRecord; account: PbxAccountRecord }
  | { kind: 'repeat'; order: OrderRecord }
  | { kind: 'no_account' }
  | ({ kind: 'held' } & Exclude<OrderVerdict, { verdict: 'send' }>);

/** What the PBX answered. */
export interface Settling {
  state: Extract<OrderState, 'accepted' | 'refused' | 'unknown'>;
  vendorCallId: string | null;
  reason: string | null;
  code: string | null;
}

export interface OrderFilter {
  connectionId?: ConnectionId | undefined;
  state?: OrderState | undefined;
  agentId?: AgentId | undefined;
  /** Key of the number that is dialled. */
  phone?: string | undefined;
  leadId?: LeadId | undefined;
}

/** No account may have more that wait for the PBX's answer, and there is no sense in waiting for them. */
const MOST_WAITING = 100;
const CROWDED_WAIT_MS = 1_000;

/** Orders to dial: what was sent to a PBX, and what came of it. */
export class OrderRepository {
  /** Of each connection one order is judged at a time, as its account is locked for it. */
  private readonly turns = new Turns<ConnectionId>();

  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * The gate: judges an order and writes it as `sending` in one transaction. Only what it calls `begun` may be sent.
   *
   * @throws AppError as `judgeLead` does, for an order that is for a lead
   */
  begin(tenant: TenantId, draft: NewOrder): Promise<Begun> {
    const { connectionId } = draft;
    if (this.turns.count(connectionId) >= MOST_WAITING) {
      const until = instant(this.clock.now() + CROWDED_WAIT_MS);
      const reason = 'More orders wait for this PBX than it can be given at once.';
      return Promise.resolve({ kind: 'held', verdict: 'wait', gate: 'at_once', reason, until });
    }
    const askedAt = draft.askedAt ?? this.clock.now();
    return this.turns.take(connectionId, () => begin(this.scope, this.clock, { tenant, draft, askedAt }));
  }

  /**
   * Writes what the PBX answered, and remembers for the call what was ordered. An order that was looked for meanwhile stays as it was
   * found.
   */
  settle(tenant: TenantId, orderId: OrderId, settling: Settling): Promise<OrderRecord> {
    const now = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const { state } = settling;
      const [vendorCallId, reason, code] = [
        withoutNul(settling.vendorCallId),
        withoutNul(settling.reason),
        withoutNul(settling.code),
      ];
      const from = statesBefore(state);
      await tx.dialAttempt.updateMany({
        where: { id: orderId, tenantId: tenant, state: { in: from } },
        data: { state, vendorCallId, reason, code, settledAt: dateOf(now), lookAt: dateOf(now), looks: 0 },
      });
      const order = await find(tx, tenant, orderId);
      if (order === undefined) throw notFound('order');
      if (vendorCallId !== null) await rememberOrder(tx, order, vendorCallId);
      return order;
    });
  }

  /** Those that were taken and go on, as far as anybody knows, of whose calls the PBX has not told. */
  unheard(tenant: TenantId, connectionId: ConnectionId): Promise<OrderRecord[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const found = await tx.$queryRaw<{ id: string }[]>`
        SELECT d.id FROM dial_attempt d
        WHERE d.connection_id = ${connectionId}::uuid AND d.tenant_id = ${tenant}::uuid AND d.look_at IS NOT NULL
          AND d.state IN ('accepted', 'ringing', 'answered')
          AND NOT EXISTS (SELECT 1 FROM call c
            WHERE c.connection_id = d.connection_id AND c.vendor_call_id = d.vendor_call_id)`;
      if (found.length === 0) return [];
      const rows = await tx.dialAttempt.findMany({
        where: { id: { in: found.map((row) => row.id) }, tenantId: tenant },
      });
      return rows.map(orderRecordOf);
    });
  }

  get(tenant: TenantId, orderId: OrderId): Promise<OrderRecord | undefined> {
    return this.scope.forTenant(tenant, (tx) => find(tx, tenant, orderId));
  }

  /** The order of a vendor-shaped id. */
  bySpan(tenant: TenantId, span: ShapedSpan): Promise<OrderRecord | undefined> {
    const { least, most } = uuidsIn(span);
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM dial_attempt WHERE tenant_id = ${tenant}::uuid AND id BETWEEN ${least}::uuid AND ${most}::uuid
          AND right(replace(id::text, '-', ''), 18) = ${span.tail} LIMIT 1`;
      return rows[0] && find(tx, tenant, id<OrderId>(rows[0].id));
    });
  }

  /** The last orders of calls, by the PBX's ids of those; what was not ordered is left out. */
  byVendorCallIds(
    tenant: TenantId,
    connectionId: ConnectionId,
    vendorCallIds: readonly string[],
  ): Promise<Map<string, OrderRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.dialAttempt.findMany({
        where: { connectionId, vendorCallId: { in: [...vendorCallIds] }, tenantId: tenant },
        orderBy: { sentAt: 'asc' },
      });
      return new Map(rows.map((row) => [row.vendorCallId ?? '', orderRecordOf(row)]));
    });
  }

  /** Latest first. */
  list(tenant: TenantId, filter: OrderFilter, ask: PageAsk): Promise<Page<OrderRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const { connectionId, state, agentId, phone, leadId } = filter;
      const where = {
        ...olderThan(ask),
        tenantId: tenant,
        ...(connectionId && { connectionId }),
        ...(state && { state }),
        ...(agentId && { agentId }),
        ...(phone && { phone }),
        ...(leadId && { leadId }),
      };
      const rows = await tx.dialAttempt.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: orderRecordOf, key: (row) => row.id });
    });
  }
}

function begin(
  scope: TenantScope,
  clock: Pick<Clock, 'now'>,
  { tenant, draft, askedAt }: { tenant: TenantId; draft: NewOrder; askedAt: Instant },
): Promise<Begun> {
  const judged = scope.forTenant(tenant, async (tx): Promise<Begun> => {
    const row = await lockAccount(tx, tenant, draft.connectionId);
    if (row === null) return { kind: 'no_account' };
    const now = clock.now();
    const phone = phoneOf(draft.order);
    const beside = await besideOrder(tx, tenant, { ...draft, phone, listed: listedOf(draft) }, askedAt);
    const same = beside.sameId === null ? undefined : await find(tx, tenant, id<OrderId>(beside.sameId));
    if (same) return { kind: 'repeat', order: same };
    if (draft.lead !== undefined) await judgeLead(tx, tenant, draft.lead, now);
    const account = pbxAccountOf(row);
    const despite = new Set(draft.despiteDoNotCall.map(numberKey));
    const verdict = judgeOrder({
      now,
      account: { ...account, bucket: bucketOf(row) },
      underWay: beside.underWay,
      onList: beside.onList.filter((number) => !despite.has(number)),
      isOpen: await isOpenNumber(tx, tenant, beside, now),
    });
    if (verdict.verdict !== 'send') return { kind: 'held', ...verdict };
    const { tokens, at } = verdict.bucket;
    await tx.$executeRaw`
      UPDATE pbx_account SET tokens = ${tokens}::float8, tokens_at = ${dateOf(at)} WHERE id = ${row.id}::uuid`;
    const order = await write(tx, tenant, { ...draft, phone }, now);
    if (draft.lead !== undefined) await leadIsDialled(tx, tenant, draft.lead, now);
    if (beside.onList.length > 0) await tellOverridden(tx, order, beside.onList);
    return { kind: 'begun', order, account };
  });
  // Two connections of a tenant have an account each, and wait for nobody: the index holds the second one back.
  return judged.catch((error: unknown) => {
    if (isTaken(error)) return { kind: 'held', ...OPEN_CALL };
    throw error;
  });
}

async function write(
  tx: Tx,
  tenant: TenantId,
  draft: NewOrder & { phone: string | null },
  now: Instant,
): Promise<OrderRecord> {
  const { connectionId, source, actor, agentId, order, sameKey, phone, lead } = draft;
  const row = await tx.dialAttempt.create({
    data: {
      id: newId<OrderId>(),
      tenantId: tenant,
      connectionId,
      source,
      actor,
      agentId,
      kind: order.kind,
      phone,
      extension: order.first.kind === 'extension' ? order.first.value : null,
      request: JSON.parse(storableJson(order)) as Prisma.InputJsonObject,
      sameKey: Buffer.from(sameKey),
      state: 'sending' satisfies OrderState,
      sentAt: dateOf(now),
      lookAt: dateOf(firstLookAt('sending', now)),
      ...(lead && { campaignId: lead.campaignId, leadId: lead.leadId, owed: true }),
    },
  });
  return orderRecordOf(row);
}

async function find(tx: Tx, tenant: TenantId, orderId: OrderId): Promise<OrderRecord | undefined> {
  const row = await tx.dialAttempt.findFirst({ where: { id: orderId, tenantId: tenant } });
  return row === null ? undefined : orderRecordOf(row);
}

function phoneOf(order: Order): string | null {
  const number = dialledNumber(order);
  return number === null ? null : numberKey(number);
}

/** Keys of the numbers that the list may forbid. */
function listedOf({ order }: NewOrder): string[] {
  return [order.first, order.second].flatMap((party) =>
    party?.kind === 'number' && party.value.startsWith('+') ? [numberKey(party.value)] : [],
  );
}

/** Whoever had a number called that is on the list answers for it. @param numbers  that are on it */
function tellOverridden(tx: Tx, order: OrderRecord, numbers: readonly string[]): Promise<void> {
  return writeAudit(tx, {
    whose: order.tenantId,
    actor: { kind: 'system', id: order.actor },
    at: order.sentAt,
    action: 'order.placed_despite_do_not_call',
    subjectId: order.id,
    changes: made({ numbers: [...numbers] }),
  });
}
