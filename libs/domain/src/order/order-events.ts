/** What CRMs and other endpoints are told of orders. Source: design "Telephony API"; the events of the REST part. */
import type { OrderId, ConnectionId, AgentId } from '../ids.js';
import type { Order, OrderSource } from './order.js';
import type { OrderState } from './order-state.js';

export type OrderEventType = 'order.placed' | 'order.failed' | 'order.unknown';

/** Which event a state is told by; null for one of which nothing is told. */
export function eventOfOrder(state: OrderState): OrderEventType | null {
  switch (state) {
    case 'accepted':
    case 'ringing':
    case 'answered':
    case 'ended':
      return 'order.placed';
    case 'refused':
    case 'not_placed':
    case 'orphaned':
      return 'order.failed';
    case 'unknown':
      return 'order.unknown';
    case 'reserved':
    case 'sending':
    case 'cancelled':
    case 'expired':
      return null;
  }
}

/** An order as its events have it. */
export interface ToldOrder {
  id: OrderId;
  connectionId: ConnectionId;
  source: OrderSource;
  agentId: AgentId | null;
  order: Order;
  state: OrderState;
  vendorCallId: string | null;
  reason: string | null;
  code: string | null;
}

const REASONS: Record<OrderEventType, string> = {
  'order.placed': 'The PBX took the order.',
  'order.failed': 'The PBX did not take the order.',
  'order.unknown': 'Whether the PBX took the order is not known yet. It is not sent again.',
};

/** The data of an order's event; `reason` is words for people. */
export function dataOfOrder(
  type: OrderEventType,
  { id, connectionId, source, agentId, order, state, vendorCallId, reason, code }: ToldOrder,
): { order: Record<string, unknown>; reason: string } {
  const { kind, first, second, variables } = order;
  const name = [first, second].flatMap((party) => party?.value ?? []).join(' to ');
  return {
    order: {
      id,
      name,
      connectionId,
      source,
      agentId,
      kind,
      first,
      second,
      variables,
      state,
      vendorCallId,
      code,
    },
    reason: reason ?? REASONS[type],
  };
}
