/** Steps of saying whose a call is in a CRM; each is a part of the caller's transaction. */
import {
  AppError,
  type CallId,
  type DeliveryId,
  type EndpointId,
  type Instant,
  type TenantId,
} from '#domain';
import { newId } from '#platform';
import { Prisma } from '../generated/client.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import { HELD_REASONS, isSentTo } from './endpoint-record.js';
import { dateOf } from './times.js';

/** Of one number: the latest of those that wait for a choice, or followed one. */
const MOST_FOLLOW = 200;
/** Events that a connector logs or changes a record by; one of a missed call makes a task. */
const LOGGED = ['call.ended', 'call.updated', 'call.noted'];

interface Telling {
  tenant: TenantId;
  endpointId: EndpointId;
  callId: CallId;
  e164: string;
  at: Instant;
}

/** @throws AppError `crm_log.call_forgotten`, `crm_log.no_number` */
export async function numberOfCall(tx: Tx, tenant: TenantId, callId: CallId): Promise<string> {
  const [event] = await newestOf(tx, tenant, [callId]);
  if (event === undefined) throw callForgotten();
  const { payload } = await tx.callEvent.findFirstOrThrow({
    select: { payload: true },
    where: { id: event.id, tenantId: tenant },
  });
  const { direction, from, to } = payload as Record<string, unknown>;
  const outside = direction === 'outbound' ? to : from;
  const { e164 } = (outside ?? {}) as { e164?: unknown };
  if (typeof e164 === 'string' && e164 !== '') return e164;
  throw new AppError('conflict', 'crm_log.no_number', 'The call has no number that could be anybody’s.');
}

/**
 * Owes the endpoint the newest event of each call about the number on which people have to choose, or have chosen: whoever
 * carries it finds the record in another place than it should be.
 */
export async function tellAgain(
  tx: Tx,
  { tenant, endpointId, callId, e164, at }: Telling,
): Promise<DeliveryId[]> {
  const calls = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT l.call_id AS id FROM crm_log l JOIN call c ON c.id = l.call_id
    WHERE l.endpoint_id = ${endpointId}::uuid AND l.tenant_id = ${tenant}::uuid AND l.candidates IS NOT NULL
      AND c.tenant_id = ${tenant}::uuid AND c.customer_number = ${e164} AND l.call_id <> ${callId}::uuid
    ORDER BY l.call_id DESC LIMIT ${MOST_FOLLOW - 1}`);
  const events = await newestOf(tx, tenant, [callId, ...calls.map((call) => call.id)]);
  const { state } = await tx.endpoint.findUniqueOrThrow({
    select: { state: true },
    where: { id: endpointId, tenantId: tenant },
  });
  const standing = isSentTo({ state })
    ? { state: 'due' }
    : { state: 'held', reason: state === 'paused' ? HELD_REASONS.paused : HELD_REASONS.disabled };
  const rows = events.map((event) => ({
    ...{ id: newId<DeliveryId>(), tenantId: tenant, endpointId, eventId: event.id, callId: event.callId },
    ...{ eventType: event.type, sequence: event.sequence, dueAt: dateOf(at) },
    ...standing,
  }));
  await tx.delivery.createMany({ data: rows });
  return rows.map((row) => row.id);
}

async function newestOf(tx: Tx, tenant: TenantId, callIds: readonly string[]) {
  const events = await tx.callEvent.findMany({
    select: { id: true, callId: true, type: true, sequence: true },
    where: { callId: { in: [...callIds] }, tenantId: tenant, type: { in: LOGGED } },
    orderBy: [{ sequence: 'desc' }, { id: 'desc' }],
  });
  return callIds.flatMap((callId) => events.find((event) => event.callId === callId) ?? []);
}

function callForgotten(): AppError {
  return new AppError(
    'conflict',
    'crm_log.call_forgotten',
    'The events of this call are not kept any more, so nothing can be told of it again.',
  );
}
