import type { CallEventId, CallId, DeliveryId, EndpointId, TenantId } from '#domain';
import { newId } from '#platform';
import type { Sql } from '../harness/world.js';

export interface OwedDelivery {
  id: DeliveryId;
  eventId: CallEventId;
  callId: CallId;
  sequence: number;
}

export interface DeliveryTraits {
  callId?: CallId;
  sequence?: number;
  eventType?: string;
  state?: 'due' | 'held' | 'dead' | 'delivered' | 'skipped';
  /** From now, when it is due. */
  dueInMs?: number;
  /** The event's data; by default an object that holds an id and nothing else. */
  payload?: object;
}

/** Writes what an enrichment would have written: events, and a delivery of each, due now. */
export async function oweDeliveries(
  sql: Sql,
  endpoint: { id: EndpointId; tenantId: TenantId },
  wanted: DeliveryTraits[],
): Promise<OwedDelivery[]> {
  const rows = wanted.map((traits) => ({
    id: newId<DeliveryId>(),
    eventId: newId<CallEventId>(),
    callId: traits.callId ?? newId<CallId>(),
    sequence: traits.sequence ?? 1,
    type: traits.eventType ?? 'call.ended',
    state: traits.state ?? 'due',
    dueInMs: traits.dueInMs ?? 0,
    payload: traits.payload === undefined ? null : JSON.stringify(traits.payload),
  }));
  const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
  await sql.rows(
    `WITH wanted AS (
       SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::text[], $8::text[], $9::float8[], $10::text[])
         AS w(id, event_id, call_id, sequence, type, state, due_in, payload)
     ), events AS (
       INSERT INTO call_event (id, tenant_id, call_id, type, sequence, occurred_at, payload)
       SELECT event_id, $1, call_id, type, sequence, now(),
              coalesce(payload::json, json_build_object('vendorCallId', call_id)) FROM wanted
     )
     INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, state, due_at)
     SELECT id, $1, $2, event_id, call_id, type, sequence, state, now() + due_in * interval '1 ms' FROM wanted`,
    [
      endpoint.tenantId,
      endpoint.id,
      column('id'),
      column('eventId'),
      column('callId'),
      column('sequence'),
      column('type'),
      column('state'),
      column('dueInMs'),
      column('payload'),
    ],
  );
  return rows.map(({ id, eventId, callId, sequence }) => ({ id, eventId, callId, sequence }));
}

/** Another delivery to the same endpoint. */
export async function oweDelivery(
  sql: Sql,
  endpoint: { id: EndpointId; tenantId: TenantId },
  traits: DeliveryTraits = {},
): Promise<OwedDelivery> {
  const [owed] = await oweDeliveries(sql, endpoint, [traits]);
  if (!owed) throw new Error('unreachable');
  return owed;
}
