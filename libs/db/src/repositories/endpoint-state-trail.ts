import type { EndpointId, Instant, TenantId, Actor } from '#domain';
import { newId } from '#platform';
import type { Tx } from '../tenancy/tenant-scope.js';
import type { EndpointState } from './endpoint-record.js';
import { dateOf } from './times.js';

export interface StateChange {
  tenant: TenantId;
  endpointId: EndpointId;
  /** Null when it was made. */
  from: string | null;
  to: EndpointState;
  reason: string | null;
  by: Actor;
  at: Instant;
}

/**
 * Writes what people look up afterwards, in the transaction of the change itself. The forwarder's own changes are written by
 * its statements: `ReplayStore.releaseHeld`, and `OperationalEvents` where it disables an endpoint, or one fails or recovers.
 */
export async function writeStateChange(tx: Tx, change: StateChange): Promise<void> {
  await tx.endpointStateChange.create({
    data: {
      id: newId(),
      tenantId: change.tenant,
      endpointId: change.endpointId,
      at: dateOf(change.at),
      kind: 'state',
      fromState: change.from,
      toState: change.to,
      reason: change.reason,
      actor: change.by.id,
    },
  });
}
