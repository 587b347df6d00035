import { foldCall } from '../call/fold-call.js';
import { normaliseLeg } from '../call/normalise-leg.js';
import type { Call } from '../call/call.js';
import { id, type CallId, type ConnectionId, type Instant, type OrderId } from '../ids.js';
import type { Order } from './order.js';
import type { OrderState } from './order-state.js';

export interface OrderGoingOn {
  id: OrderId;
  connectionId: ConnectionId;
  vendorCallId: string | null;
  order: Order;
  state: OrderState;
  sentAt: Instant;
}

/**
 * The call of an order of which its PBX has not told yet, as far as the order says what it is: some PBXs tell of the calls that they
 * place only when those are over. It has the order's id where it has none of its own.
 */
export function callOfOrder(
  { id: orderId, connectionId, vendorCallId, order, state, sentAt }: OrderGoingOn,
  connection: { country: string; timeZone: string },
): Call {
  const { first, second, variables } = order;
  const agent = first.kind === 'extension' ? first : second?.kind === 'extension' ? second : null;
  const other = agent === first ? second : first;
  const leg = normaliseLeg(
    {
      phase: state === 'answered' ? 'answered' : 'ringing',
      vendorCallId: vendorCallId ?? orderId,
      leg: 'only',
      vendorType: '',
      vendorStatus: '',
      direction: 'outbound',
      result: state === 'answered' ? 'answered' : 'unknown',
      startedEpochSeconds: sentAt / 1_000,
      startedBy: 'utc',
      ringSeconds: null,
      queueSeconds: null,
      talkSeconds: null,
      from: agent?.value ?? '',
      fromKind: 'extension',
      to: (other ?? first).value,
      did: null,
      extension: agent?.value ?? null,
      agent: null,
      queue: other?.kind === 'queue' ? { id: other.value, name: null } : null,
      department: null,
      price: null,
      recordings: [],
      ivrPath: [],
      customData: { ...variables, order_id: orderId },
      transferOf: null,
      ai: null,
      raw: {},
    },
    { ...connection, epochs: 'utc' },
    sentAt,
  );
  const context = { at: sentAt, data: { order_id: orderId } };
  const ids = { id: id<CallId>(orderId), connectionId, vendorCallId: vendorCallId ?? orderId };
  return foldCall(null, [leg], ids, context).call;
}
