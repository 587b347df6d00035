import {
  whoIsTold,
  type CallEventId,
  type DeliveryId,
  type EndpointId,
  type MatchesPayload,
  type OperationalEventType,
  type TenantId,
} from '#domain';
import type { OperationalEvents } from '#db';
import type { Clock, Log } from '#platform';
import type { Ringer } from '#queues';

/** Something about an endpoint that its tenant has to know. */
export interface EndpointNews {
  tenantId: TenantId;
  type: OperationalEventType;
  endpoint: { id: EndpointId; name: string };
  /** Words for people. */
  reason: string;
}

export interface TellTenantParts {
  events: Pick<OperationalEvents, 'endpointsOf' | 'write'>;
  ringer: Pick<Ringer, 'ring'>;
  matches: MatchesPayload;
  clock: Pick<Clock, 'now'>;
  log: Log;
  ids: { event: () => CallEventId; delivery: () => DeliveryId };
}

/** Tells a tenant's other endpoints what became of one of them. */
export class TellTenant {
  constructor(private readonly parts: TellTenantParts) {}

  /** Resolves when it is kept. @throws AppError `database.unavailable` */
  async tell({ tenantId, type, endpoint, reason }: EndpointNews): Promise<void> {
    const { events, ringer, matches, clock, log, ids } = this.parts;
    const data = { endpoint, reason };
    const all = await events.endpointsOf(tenantId);
    // It is the others who have to know: what is owed to the endpoint itself waits where it is.
    const others = all.filter(({ id }) => id !== endpoint.id);
    const told = whoIsTold({ type, data }, others, matches);
    const deliveries = told.map(({ id, enabled }) => ({
      id: ids.delivery(),
      endpointId: id,
      heldReason: enabled ? null : 'endpoint disabled',
    }));
    await events.write({ id: ids.event(), tenantId, type, occurredAt: clock.now(), data, deliveries });
    ringer.ring(
      'endpoint',
      told.filter(({ enabled }) => enabled).map(({ id }) => id),
    );
    log.warn({ tenantId, endpointId: endpoint.id, reason, told: told.length }, type);
  }
}
