import {
  id,
  type CallEventId,
  type DeliveryId,
  type EndpointFilter,
  type EndpointId,
  type Instant,
  type TenantId,
} from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import { storableJson } from './storable-json.js';

/** An endpoint as far as operational events must know it. */
export interface OperationalEndpoint {
  id: EndpointId;
  eventTypes: string[];
  filter: EndpointFilter | null;
  enabled: boolean;
}

/** Something about our own work that a tenant has to know, and who is owed it. */
export interface OperationalEvent {
  id: CallEventId;
  tenantId: TenantId;
  type: string;
  occurredAt: Instant;
  data: unknown;
  deliveries: { id: DeliveryId; endpointId: EndpointId; heldReason: string | null }[];
}

const ENDPOINTS = `
SELECT id, event_types, filter, state = 'enabled' AS enabled FROM endpoint WHERE tenant_id = $1 ORDER BY id`;

/** That an endpoint fails or recovered is a part of its history, too. */
const WRITE = `
WITH event AS (
  INSERT INTO call_event (id, tenant_id, type, sequence, occurred_at, payload)
  VALUES ($1, $2, $3, 0, to_timestamp($4 / 1000.0), $5::json)
),
standing AS (
  INSERT INTO endpoint_state_change (id, tenant_id, endpoint_id, at, kind, from_state, to_state, reason, actor)
  SELECT $1, e.tenant_id, e.id, to_timestamp($4 / 1000.0), 'standing', s.was, s.becomes, $5::json ->> 'reason', 'switchhook'
  FROM (VALUES ('endpoint.failing', 'well', 'failing'), ('endpoint.recovered', 'failing', 'well')) AS s(type, was, becomes)
  JOIN endpoint e ON e.id = ($5::json #>> '{endpoint,id}')::uuid AND e.tenant_id = $2
  WHERE s.type = $3
)
INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, event_type, sequence, state, reason, due_at)
SELECT d.id, $2, d.endpoint_id, $1, $3, 0, CASE WHEN d.held_reason IS NULL THEN 'due' ELSE 'held' END, d.held_reason, now()
FROM unnest($6::uuid[], $7::uuid[], $8::text[]) AS d(id, endpoint_id, held_reason)`;

/** Operational events travel like any other: kept before anybody is told, and delivered with retries. */
export class OperationalEvents {
  constructor(private readonly hot: HotPool) {}

  async endpointsOf(tenantId: TenantId): Promise<OperationalEndpoint[]> {
    const rows = await this.hot.run<Record<string, unknown>>('operational.endpoints', ENDPOINTS, [tenantId]);
    return rows.map((row) => ({
      id: id<EndpointId>(row['id'] as string),
      eventTypes: row['event_types'] as string[],
      filter: row['filter'] as EndpointFilter | null,
      enabled: row['enabled'] as boolean,
    }));
  }

  async write({ deliveries, ...event }: OperationalEvent): Promise<void> {
    await this.hot.run('operational.write', WRITE, [
      event.id,
      event.tenantId,
      event.type,
      event.occurredAt,
      storableJson(event.data),
      deliveries.map((delivery) => delivery.id),
      deliveries.map((delivery) => delivery.endpointId),
      deliveries.map((delivery) => delivery.heldReason),
    ]);
  }
}
