import type { EndpointId, Instant, TenantId, Actor } from '#domain';
import type { Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { HELD_REASONS, endpointOf, type EndpointRecord } from './endpoint-record.js';
import { writeStateChange } from './endpoint-state-trail.js';
import { findLocked, setState } from './endpoint-steps.js';

interface Stop {
  tenant: TenantId;
  endpointId: EndpointId;
  /** `paused` is meant to pass, `disabled` is not; they hold alike. */
  state: 'disabled' | 'paused';
  reason: string;
  by: Actor;
  at: Instant;
}

/** What is due is held, as a step of the caller's transaction. Stopping twice in one way changes nothing the second time. */
export async function stopEndpoint(
  tx: Tx,
  { tenant, endpointId, state, reason, by, at }: Stop,
): Promise<EndpointRecord> {
  const before = await findLocked(tx, tenant, endpointId);
  // What waits for a grant would go on by itself; whoever stops it means it.
  if (before.state === state && !before.awaitsGrant) return endpointOf(before);
  const { count } = await tx.delivery.updateMany({
    where: { endpointId, tenantId: tenant, state: 'due' },
    data: { state: 'held', reason: HELD_REASONS[state] },
  });
  const changes = {
    ...differences(before, { state, stateReason: reason }),
    ...made({ deliveriesHeld: count }),
  };
  await writeAudit(tx, {
    whose: tenant,
    actor: by,
    at,
    action: `endpoint.${state}`,
    subjectId: endpointId,
    changes,
  });
  await writeStateChange(tx, { tenant, endpointId, from: before.state, to: state, reason, by, at });
  return setState(tx, { tenant, endpointId, state, stateReason: reason, at });
}
