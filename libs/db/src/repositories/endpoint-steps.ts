/** Steps that several changes of an endpoint have in common; each is a part of the caller's transaction. */
import { isDeepStrictEqual } from 'node:util';
import { AppError, notFound, type EndpointId, type Instant, type TenantId } from '#domain';
import { newId } from '#platform';
import type { Endpoint as Row } from '../generated/client.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import type { Changes } from './audit-trail.js';
import {
  endpointOf,
  type EndpointPatch,
  type EndpointRecord,
  type EndpointState,
} from './endpoint-record.js';
import { lockRow } from './lock-row.js';
import { dateOf } from './times.js';

export function endpointDisabled(): AppError {
  return new AppError(
    'conflict',
    'endpoint.disabled',
    'The endpoint is disabled or paused: enable it first.',
  );
}

/** That a format's settings changed is told, not what they are: a template's headers may hold a password. */
export function withoutSettings(changes: Changes): Changes {
  return 'formatSettings' in changes
    ? { ...changes, formatSettings: { from: 'not shown', to: 'not shown' } }
    : changes;
}

export function accessIsSet(): AppError {
  return new AppError(
    'rejected',
    'endpoint.access_set',
    'This endpoint has headers or credentials, which would go to the new address: use a key with the scope admin.',
    { status: 403 },
  );
}

/** Whether a change could send the endpoint's credentials to another place: by its URL, or by those in its format's settings. */
export function leadsElsewhere(before: Row, fields: EndpointPatch): boolean {
  const { url, format, formatSettings } = fields;
  if (url !== undefined && url !== before.url) return true;
  if (format !== undefined && format !== before.format) return true;
  return formatSettings !== undefined && !isDeepStrictEqual(formatSettings, before.formatSettings);
}

export async function findLocked(tx: Tx, tenant: TenantId, endpointId: EndpointId): Promise<Row> {
  if (!(await lockRow(tx, 'endpoint', tenant, endpointId))) throw notFound('endpoint');
  return tx.endpoint.findUniqueOrThrow({ where: { id: endpointId, tenantId: tenant } });
}

/** Nothing waits any more, and no breaker remembers anything. */
export async function resetMailbox(tx: Tx, endpointId: EndpointId, at: Instant): Promise<void> {
  await tx.mailbox.updateMany({
    where: { kind: 'endpoint', id: endpointId },
    // A drain that is under way must not put back what it remembers.
    data: { notBefore: dateOf(at), memo: {}, epoch: { increment: 1 } },
  });
}

export async function addSecrets(
  tx: Tx,
  {
    tenant,
    endpointId,
    sealed,
    at,
  }: { tenant: TenantId; endpointId: EndpointId; sealed: readonly string[]; at: Instant },
): Promise<void> {
  const row = { tenantId: tenant, endpointId, createdAt: dateOf(at) };
  await tx.endpointSecret.createMany({
    data: sealed.map((text) => ({ ...row, id: newId(), sealed: text })),
  });
}

export async function setState(
  tx: Tx,
  to: {
    tenant: TenantId;
    endpointId: EndpointId;
    state: EndpointState;
    stateReason: string | null;
    at: Instant;
  },
): Promise<EndpointRecord> {
  const { state, stateReason } = to;
  const row = await tx.endpoint.update({
    where: { id: to.endpointId, tenantId: to.tenant },
    // Whoever says so decides; what stopped it for want of a grant has no say any more.
    data: { state, stateReason, awaitsGrant: false, updatedAt: dateOf(to.at) },
  });
  return endpointOf(row);
}
