/** How a call is kept: its legs. The summary is a pure function of them, so it is made again when it is read. */
import type { CallId, ConnectionId } from '../ids.js';
import type { Call, CallLeg } from './call.js';
import { summariseLegs } from './summarise-legs.js';

export interface StoredCall {
  legs: CallLeg[];
}

export function storedCall(call: Pick<Call, 'legs'>): StoredCall {
  return { legs: call.legs };
}

export function restoreCall(
  ids: { id: CallId; connectionId: ConnectionId; vendorCallId: string },
  { legs }: StoredCall,
): Call {
  const { id, connectionId, vendorCallId } = ids;
  return { id, connectionId, vendorCallId, ...summariseLegs(legs) };
}
