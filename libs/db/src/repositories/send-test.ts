import {
  notFound,
  type CallEventId,
  type CallId,
  type DeliveryId,
  type EndpointId,
  type Instant,
  type TenantId,
  type Actor,
} from '#domain';
import { newId } from '#platform';
import type { Tx } from '../tenancy/tenant-scope.js';
import { made, writeAudit } from './audit-trail.js';
import { isSentTo } from './endpoint-record.js';
import { endpointDisabled, findLocked } from './endpoint-steps.js';
import { dateOf } from './times.js';

/** What is sent as a test: data of somebody's making, or of the last event of this type that one of the tenant's calls had. */
export type TestEvent = { type: string; payload: Record<string, unknown> } | { type: string; ofCall: CallId };

export interface TestSent {
  eventId: CallEventId;
  deliveryId: DeliveryId;
}

interface Order {
  tenant: TenantId;
  endpointId: EndpointId;
  event: TestEvent;
  by: Actor;
  at: Instant;
}

/**
 * Owes an endpoint an event that no call made, as a step of the caller's transaction. Since it belongs to no call it is in
 * nobody's order, in no call's history, and never replayed.
 */
export async function sendTest(tx: Tx, { tenant, endpointId, event, by, at }: Order): Promise<TestSent> {
  const endpoint = await findLocked(tx, tenant, endpointId);
  if (!isSentTo(endpoint)) throw endpointDisabled();
  const { type } = event;
  const payload = 'payload' in event ? event.payload : await lastTold(tx, tenant, event);
  const shared = { tenantId: tenant, callId: null, sequence: 0 };
  const [eventId, deliveryId] = [newId<CallEventId>(), newId<DeliveryId>()];
  await tx.callEvent.create({
    data: {
      ...shared,
      id: eventId,
      type,
      occurredAt: dateOf(at),
      payload: { ...payload, test: true },
    },
  });
  const due = { state: 'due', dueAt: dateOf(at) };
  await tx.delivery.create({
    data: { ...shared, ...due, id: deliveryId, endpointId, eventId, eventType: type },
  });
  const changes = made({ eventType: type, eventId, deliveryId });
  const [action, subjectId] = ['endpoint.tested', endpointId];
  await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId, changes });
  return { eventId, deliveryId };
}

async function lastTold(
  tx: Tx,
  tenant: TenantId,
  { type, ofCall }: { type: string; ofCall: CallId },
): Promise<Record<string, unknown>> {
  const told = await tx.callEvent.findFirst({
    select: { payload: true },
    where: { callId: ofCall, tenantId: tenant, type },
    orderBy: [{ sequence: 'desc' }, { id: 'desc' }],
  });
  if (told === null) throw notFound('event of this type of this call');
  return told.payload as Record<string, unknown>;
}
