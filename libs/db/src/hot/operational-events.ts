import {
  id,
  type CallEventId,
  type DeliveryId,
  type EndpointFilter,
  type EndpointId,
  type Instant,
  type OrderId,
  type TenantId,
} from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import { operationalWrite } from './operational-sql.js';
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

/**
 * What becomes true together with an event. Where it is true already the event was told, by another process or an earlier
 * one, and is not written.
 */
export type Claim =
  /** An alert begins. @param until  of what ends then; another time is another alert */
  | { kind: 'begin'; alert: string; subject: string; until: Instant | null }
  | { kind: 'end'; alert: string; subject: string }
  /** The event's type is what was told of an order last. */
  | { kind: 'order'; orderId: OrderId }
  /**
   * @param url  that said so; an endpoint that has another one by now stays as it is
   * @param awaitsGrant  it goes on when somebody connects it; one that was connected since `grantEpoch` stays as it is
   */
  | {
      kind: 'disable';
      endpointId: EndpointId;
      url: string;
      reason: string;
      grantEpoch: number;
      awaitsGrant: boolean;
    };

const ENDPOINTS = `
SELECT id, event_types, filter, state = 'enabled' AS enabled FROM endpoint WHERE tenant_id = $1 ORDER BY id`;

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

  /**
   * In one statement with the claim, so that neither is there without the other whatever happens to us.
   *
   * @returns false when the claim was made already and nothing was written
   */
  write(event: OperationalEvent, claim: Claim | null): Promise<boolean> {
    return writeOperationalEvent(this.hot, event, claim);
  }
}

/** The same within somebody's transaction. */
export async function writeOperationalEvent(
  hot: Pick<HotPool, 'run'>,
  { deliveries, ...event }: OperationalEvent,
  claim: Claim | null,
): Promise<boolean> {
  const kind = claim?.kind ?? 'none';
  const rows = await hot.run(`operational.write.${kind}`, operationalWrite(kind), [
    event.id,
    event.tenantId,
    event.type,
    event.occurredAt,
    storableJson(event.data),
    deliveries.map((delivery) => delivery.id),
    deliveries.map((delivery) => delivery.endpointId),
    deliveries.map((delivery) => delivery.heldReason),
    ...valuesOf(claim),
  ]);
  return rows.length > 0;
}

function valuesOf(claim: Claim | null): unknown[] {
  switch (claim?.kind) {
    case undefined:
      return [];
    case 'begin':
      return [claim.alert, claim.subject, claim.until];
    case 'end':
      return [claim.alert, claim.subject];
    case 'order':
      return [claim.orderId];
    case 'disable':
      return [claim.endpointId, claim.reason, claim.url, claim.grantEpoch, claim.awaitsGrant];
  }
}
