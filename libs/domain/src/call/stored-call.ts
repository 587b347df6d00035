/** How a call is kept: its legs. The summary is a pure function of them, so it is made again when it is read. */
import type { CallId, ConnectionId, Instant } from '../ids.js';
import type { Call, CallLeg } from './call.js';
import type { CallContext } from './call-context.js';
import type { CallEventType } from './call-event-type.js';
import { summariseLegs } from './summarise-legs.js';

export interface StoredCall {
  legs: CallLeg[];
  /** Null or absent while the call's end has not been told. */
  closedAt?: Instant | null;
  /** Which events of it there were, each once; absent means none. */
  told?: CallEventType[];
  /** Null or absent where nothing was remembered. */
  context?: CallContext | null;
}

export function storedCall(
  { legs, closedAt, context }: Pick<Call, 'legs' | 'closedAt' | 'context'>,
  told: readonly CallEventType[],
): StoredCall {
  return { legs, closedAt, told: [...told], ...(context && { context }) };
}

export function restoreCall(
  ids: { id: CallId; connectionId: ConnectionId; vendorCallId: string },
  { legs, closedAt = null, context = null }: StoredCall,
): Call {
  const { id, connectionId, vendorCallId } = ids;
  return { id, connectionId, vendorCallId, ...summariseLegs(legs, closedAt, context) };
}
