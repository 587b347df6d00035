import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AgentId, ConnectionId, Instant, Order, OrderGate, OrderSource, TenantId } from '#domain';
import type { Begun, LeadOfOrder, OrderRecord, OrderRepository } from '#db';
import { OFFLINE_CODE, capabilityFor, sendOrder, type Capability } from '#pbx';
import type { Clock, Log } from '#platform';
import type { Ringer } from '#queues';
import type { OpenPbx, OpenedPbx } from '../pbx/open-pbx.js';

/** Who wants it, and what of. */
export interface Ordering {
  tenant: TenantId;
  connectionId: ConnectionId;
  source: OrderSource;
  /** As the audit names them: an order of another one is another order. */
  actor: string;
  agentId: AgentId | null;
  order: Order;
  /** When the request came; absent: now. */
  askedAt?: Instant | undefined;
  /** E.164 numbers that are called although they are on the list. */
  despiteDoNotCall?: readonly string[];
  /** For whom of a campaign's list an agent wants it. */
  lead?: LeadOfOrder;
}

/** What came of it. `placed`, `refused` and `unknown` are of an order that is kept. */
export type Ordered =
  | { kind: 'placed'; order: OrderRecord; isRepeat: boolean }
  | { kind: 'unknown'; order: OrderRecord; isRepeat: boolean }
  | { kind: 'refused'; order: OrderRecord; isRepeat: boolean; isOffline: boolean }
  | { kind: 'blocked'; gate: Exclude<OrderGate, 'rate' | 'at_once'>; reason: string }
  | { kind: 'wait'; reason: string; retryAfterMs: number }
  | { kind: 'unsupported'; capability: Capability }
  | { kind: 'no_account' };

export interface PlaceOrderParts {
  orders: Pick<OrderRepository, 'begin' | 'settle' | 'get'>;
  pbxs: Pick<OpenPbx, 'find'>;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn' | 'error'>;
}

/** A repeat looks so often whether the first one has its answer, and for so long. */
const POLL_MS = 50;
const LONGEST_POLL_MS = 16_000;

/**
 * Places an order: judged and committed, then sent, once. Whatever happens after the commit, nobody sends it again: what is not known
 * is found out by the forwarder.
 */
export class PlaceOrder {
  constructor(private readonly parts: PlaceOrderParts) {}

  /** @throws AppError `database.unavailable`; for a lead 409 `lead.not_offered` and `lead.held` */
  async place(ordering: Ordering): Promise<Ordered> {
    const { tenant, connectionId, order, askedAt = this.parts.clock.now() } = ordering;
    const pbx = await this.parts.pbxs.find(tenant, connectionId);
    if (pbx === undefined) return { kind: 'no_account' };
    const capability = capabilityFor(order);
    if (!pbx.driver.can[capability]) return { kind: 'unsupported', capability };
    const begun = await this.parts.orders.begin(tenant, {
      connectionId,
      source: ordering.source,
      actor: ordering.actor,
      agentId: ordering.agentId,
      order,
      sameKey: sameKeyOf(ordering),
      askedAt,
      despiteDoNotCall: ordering.despiteDoNotCall ?? [],
      lead: ordering.lead,
    });
    return this.goOn(tenant, begun, pbx);
  }

  private async goOn(tenant: TenantId, begun: Begun, pbx: OpenedPbx): Promise<Ordered> {
    switch (begun.kind) {
      case 'no_account':
        return begun;
      case 'held': {
        if (begun.verdict === 'blocked') return { kind: 'blocked', gate: begun.gate, reason: begun.reason };
        const retryAfterMs = Math.max(1, begun.until - this.parts.clock.now());
        return { kind: 'wait', reason: begun.reason, retryAfterMs };
      }
      case 'repeat':
        return answerOf(await this.answered(tenant, begun.order), { isRepeat: true });
      case 'begun':
        return this.send(tenant, begun.order, pbx);
    }
  }

  private async send(tenant: TenantId, order: OrderRecord, pbx: OpenedPbx): Promise<Ordered> {
    const { orders, ringer, log } = this.parts;
    const answer = await sendOrder(order.order, order.id, pbx);
    if (answer.state !== 'accepted') {
      const { state } = answer;
      log.warn({ tenantId: tenant, order: order.id, state }, 'order.not_placed');
    }
    const settled = await orders.settle(tenant, order.id, answer);
    ringer.ring('order', [order.connectionId]);
    return answerOf(settled, { isRepeat: false });
  }

  /** The first one's answer; as it stands when that takes too long. */
  private async answered(tenant: TenantId, first: OrderRecord): Promise<OrderRecord> {
    const until = this.parts.clock.now() + LONGEST_POLL_MS;
    let order = first;
    while (order.state === 'sending' && this.parts.clock.now() < until) {
      await delay(POLL_MS);
      order = (await this.parts.orders.get(tenant, first.id)) ?? order;
    }
    return order;
  }
}

function answerOf(order: OrderRecord, { isRepeat }: { isRepeat: boolean }): Ordered {
  switch (order.state) {
    case 'refused':
    case 'not_placed':
    case 'cancelled':
    case 'expired':
      return { kind: 'refused', order, isRepeat, isOffline: order.code === OFFLINE_CODE };
    case 'reserved':
    case 'sending':
    case 'unknown':
    case 'orphaned':
      return { kind: 'unknown', order, isRepeat };
    case 'accepted':
    case 'ringing':
    case 'answered':
    case 'ended':
      return { kind: 'placed', order, isRepeat };
  }
}

/** The same for the same two parties, kind and actor: a double click, or a proxy that asks again. */
function sameKeyOf({ tenant, connectionId, actor, order }: Ordering): Uint8Array {
  const { kind, first, second } = order;
  const text = JSON.stringify([tenant, connectionId, actor, kind, first, second]);
  return createHash('sha256').update(text).digest();
}
