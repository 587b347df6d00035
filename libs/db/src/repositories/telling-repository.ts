import {
  id,
  passesFilter,
  type CallEventId,
  type CallId,
  type EndpointFilter,
  type EndpointId,
  type Instant,
  type Telling,
  type TenantId,
} from '#domain';
import { matchesPayload, type Clock } from '#platform';
import type { CallEvent, Delivery } from '../generated/client.js';
import { ORDER_WAITS_MS } from '../hot/delivery.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { deliveryOf, type DeliveryRow } from './delivery-record.js';
import { mailboxMemo } from './mailbox-memo.js';
import { instantOf, instantOfId } from './times.js';

/** An event, and all that decides whether an endpoint was told of it. */
export interface EventTelling {
  eventId: CallEventId;
  sequence: number;
  delivery: DeliveryRow | undefined;
  telling: Omit<Telling, 'now'>;
}

type EventRow = Pick<CallEvent, 'id' | 'callId' | 'type' | 'sequence'>;

/** Reads what is needed to explain why an endpoint was or was not told of something. */
export class TellingRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * @param about  one event, or all events of one call
   * @returns in the order of the call; undefined when there is no such endpoint or nothing of the kind happened
   */
  of(
    tenant: TenantId,
    endpointId: EndpointId,
    about: { eventId: CallEventId } | { callId: CallId },
  ): Promise<EventTelling[] | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const endpoint = await tx.endpoint.findFirst({ where: { id: endpointId, tenantId: tenant } });
      const events = await tx.callEvent.findMany({
        select: { id: true, callId: true, type: true, sequence: true, payload: true },
        where: {
          ...('callId' in about ? { callId: about.callId } : { id: about.eventId }),
          tenantId: tenant,
        },
        orderBy: [{ sequence: 'asc' }, { id: 'asc' }],
      });
      if (endpoint === null || events.length === 0) return undefined;
      const deliveries = await deliveriesTo(tx, { tenant, endpointId }, events);
      const mailbox = await mailboxOf(tx, endpointId);
      const { eventTypes, state, stateReason } = endpoint;
      const filter = endpoint.filter as EndpointFilter | null;
      const asked = { eventTypes, state, stateReason, createdAt: instantOf(endpoint.createdAt) };
      return events.map((event) => {
        const newest = deliveries.find(({ eventId }) => eventId === event.id);
        const waitsFor =
          newest && endpoint.ordered ? earlierThatFails(newest, deliveries, this.clock.now()) : undefined;
        return {
          eventId: id<CallEventId>(event.id),
          sequence: event.sequence,
          delivery: newest && deliveryOf(newest),
          telling: {
            event: {
              type: event.type,
              createdAt: instantOfId(event.id),
              passes: passesFilter(filter, { type: event.type, data: event.payload }, matchesPayload),
            },
            endpoint: asked,
            delivery: newest && { ...deliveryOf(newest), waitsFor },
            mailbox,
          },
        };
      });
    });
  }
}

/** Newest first. An event without a call is a test or about an endpoint, a connection or a key: its deliveries are not older than it. */
function deliveriesTo(
  tx: Tx,
  { tenant, endpointId }: { tenant: TenantId; endpointId: EndpointId },
  events: readonly EventRow[],
): Promise<Delivery[]> {
  const callId = events[0]?.callId ?? null;
  const first = events.map((event) => event.id).sort()[0] ?? '';
  const where =
    callId === null
      ? { endpointId, tenantId: tenant, eventId: first, id: { gte: first } }
      : { endpointId, tenantId: tenant, callId };
  return tx.delivery.findMany({ where, orderBy: { id: 'desc' } });
}

async function mailboxOf(tx: Tx, endpointId: EndpointId): Promise<Telling['mailbox']> {
  const { breaker, bucket, waitsUntil } = await mailboxMemo(tx, endpointId);
  // There is a bucket only where there is a limit, the endpoint's or its format's.
  const { tokens = 1 } = (bucket ?? {}) as { tokens?: number };
  return { breaker, waitsUntil, rateLimited: tokens < 1 };
}

/** The order of a call is kept by what failed lately and is tried again. */
function earlierThatFails(
  of: Delivery,
  deliveries: readonly Delivery[],
  now: Instant,
): { sequence: number; type: string } | undefined {
  const earlier = deliveries.find(
    ({ state, firstTriedAt, sequence }) =>
      state === 'due' &&
      sequence < of.sequence &&
      firstTriedAt !== null &&
      instantOf(firstTriedAt) > now - ORDER_WAITS_MS,
  );
  return earlier && { sequence: earlier.sequence, type: earlier.eventType };
}
