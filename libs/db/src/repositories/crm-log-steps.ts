/** Steps of saying whose a call is in a CRM; each is a part of the caller's transaction. */
import {
  AppError,
  notFound,
  numberKey,
  numberVariants,
  type Actor,
  type CallId,
  type DeliveryId,
  type EndpointId,
  type Instant,
  type TenantId,
} from '#domain';
import { newId } from '#platform';
import { Prisma } from '../generated/client.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import { differences, writeAudit } from './audit-trail.js';
import { crmLogOf, type CrmLogContact, type CrmLogRecord } from './crm-log-record.js';
import { HELD_REASONS, isSentTo } from './endpoint-record.js';
import { findLocked } from './endpoint-steps.js';
import { dateOf } from './times.js';

/** Of one number: the latest of those that wait for a choice, or followed one. */
const MOST_FOLLOW = 200;
/** Events that a connector logs or changes a record by; one of a missed call makes a task. */
const LOGGED = ['call.ended', 'call.updated', 'call.noted'];

export const WITH_ENDPOINT = { endpoint: { select: { name: true } } } as const;

/** A call, and the endpoint that is the connection to the CRM. */
export interface OfCall {
  endpointId: EndpointId;
  callId: CallId;
}

interface Telling extends OfCall {
  tenant: TenantId;
  e164: string;
  at: Instant;
}

interface Saying extends Telling {
  /** Null takes back what was said. */
  contact: CrmLogContact | null;
  by: Actor;
}

/**
 * A log on which people choose, and the number that they choose for; nobody else chooses at the same time.
 *
 * @throws AppError `resource.not_found`, `crm_log.nothing_to_choose`, `crm_log.no_number`, `crm_log.call_forgotten`
 */
export async function toDecide(
  tx: Tx,
  tenant: TenantId,
  { endpointId, callId }: OfCall,
): Promise<{ log: CrmLogRecord; e164: string }> {
  await findLocked(tx, tenant, endpointId);
  const where = { endpointId, callId, tenantId: tenant };
  const row = await tx.crmLog.findFirst({ where, include: WITH_ENDPOINT });
  if (row === null) throw notFound('log of this call');
  const log = crmLogOf(row);
  if (log.state === 'writing' || log.candidates.length === 0) throw nothingToChoose();
  return { log, e164: await numberOfCall(tx, tenant, callId) };
}

/** @throws AppError `resource.not_found` where there is nothing to take back */
export async function sayWhose(
  tx: Tx,
  { tenant, endpointId, callId, e164, contact, by, at }: Saying,
): Promise<void> {
  const number = numberKey(e164);
  const where = { endpointId, e164: number, tenantId: tenant };
  const before = await tx.crmContact.findFirst({ where });
  const was = before?.chosen === true ? (before.contact as unknown as CrmLogContact | null) : null;
  if (contact === null) {
    if (was === null) throw notFound('choice');
    await tx.crmContact.deleteMany({ where });
  } else {
    const fields = { state: 'written', updatedAt: dateOf(at), contact: { ...contact }, chosen: true };
    await tx.crmContact.upsert({
      select: { e164: true },
      where: { endpointId_e164: { endpointId, e164: number }, tenantId: tenant },
      create: { ...fields, ...where, begunAt: dateOf(at) },
      update: fields,
    });
  }
  // Neither names nor numbers: the audit outlives what is erased.
  const changed = differences(namesOf(was), namesOf(contact));
  const changes = { ...changed, endpointId: { from: endpointId, to: endpointId } };
  const action = contact === null ? 'call.crm_choice_undone' : 'call.crm_contact_chosen';
  await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: callId, changes });
}

function namesOf(contact: CrmLogContact | null) {
  return { contactId: contact?.id ?? null, contactType: contact?.type ?? null };
}

/** @throws AppError `crm_log.call_forgotten`, `crm_log.no_number` */
async function numberOfCall(tx: Tx, tenant: TenantId, callId: CallId): Promise<string> {
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
      AND c.tenant_id = ${tenant}::uuid AND c.customer_number = ANY(${numberVariants(e164)}::text[]) AND l.call_id <> ${callId}::uuid
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

function nothingToChoose(): AppError {
  return new AppError(
    'conflict',
    'crm_log.nothing_to_choose',
    'Nobody has to choose for this call: there are no several contacts that had its number when it was logged.',
  );
}
