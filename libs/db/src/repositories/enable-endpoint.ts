import type { Actor, EndpointId, Instant, ReplayId, TenantId } from '#domain';
import type { Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { endpointOf, isSentTo, type EndpointRecord } from './endpoint-record.js';
import { findLocked, resetMailbox, setState } from './endpoint-steps.js';
import { writeStateChange } from './endpoint-state-trail.js';
import { releaseHeld, type HeldChoice } from './release-held.js';

/** An endpoint that was enabled, and the replay that releases what was held, where that takes more than a moment. */
export interface Enabled {
  endpoint: EndpointRecord;
  replayId: ReplayId | null;
}

interface Order {
  tenant: TenantId;
  endpointId: EndpointId;
  choice: HeldChoice;
  by: Actor;
  at: Instant;
}

/**
 * Enables an endpoint, as a step of the caller's transaction: a first batch of what was held is released in it; where there is
 * more, the endpoint is `enabling` until a replay of the kind `held` has released the rest. Enabling an enabled endpoint changes
 * nothing.
 *
 * @throws AppError `resource.not_found`
 */
export async function enableEndpoint(
  tx: Tx,
  { tenant, endpointId, choice, by, at }: Order,
): Promise<Enabled> {
  const before = await findLocked(tx, tenant, endpointId);
  if (isSentTo(before)) return { endpoint: endpointOf(before), replayId: null };
  await setState(tx, { tenant, endpointId, state: 'enabling', stateReason: null, at });
  const { released, replayId } = await releaseHeld(tx, { tenant, endpointId, choice, by, at });
  await resetMailbox(tx, endpointId, at);
  const row = await tx.endpoint.findUniqueOrThrow({ where: { id: endpointId, tenantId: tenant } });
  const endpoint = endpointOf(row);
  const { state: to } = endpoint;
  await writeStateChange(tx, { tenant, endpointId, from: before.state, to, reason: null, by, at });
  const changes = {
    ...differences(before, { state: row.state, stateReason: null }),
    ...made({ held: choice, deliveriesReleased: released, replayId }),
  };
  const action = 'endpoint.enabled';
  await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: endpointId, changes });
  return { endpoint, replayId };
}
