import {
  whoIsTold,
  type CallEventId,
  type DeliveryId,
  type EndpointId,
  type MatchesPayload,
  type OperationalEventType,
  type TenantId,
} from '#domain';
import type { Claim, OperationalEvents } from '#db';
import type { Clock, Log } from '#platform';
import type { Ringer } from '#queues';

/** Something about our own work, or about what a tenant has to renew, that the tenant has to know. */
export interface TenantNews {
  tenantId: TenantId;
  type: OperationalEventType;
  /** Id of what it is about. */
  about: string;
  /** Of the event. `reason` is words for people; another member says what it is about. */
  data: { reason: string; [member: string]: unknown };
  /** It is the others who have to know: what is owed to this endpoint waits where it is. Null: all may know. */
  except: EndpointId | null;
}

export interface TellTenantParts {
  events: Pick<OperationalEvents, 'endpointsOf' | 'write'>;
  ringer: Pick<Ringer, 'ring'>;
  matches: MatchesPayload;
  clock: Pick<Clock, 'now'>;
  log: Log;
  ids: { event: () => CallEventId; delivery: () => DeliveryId };
}

/** Tells a tenant's endpoints what became of one of them, or of something else of the tenant's. */
export class TellTenant {
  constructor(private readonly parts: TellTenantParts) {}

  /**
   * Resolves when it is kept.
   *
   * @param claim  what becomes true together with it; where that is true already nobody is told
   * @returns whether it was told
   * @throws AppError `database.unavailable`
   */
  async tell(
    { tenantId, type, about, data, except }: TenantNews,
    claim: Claim | null = null,
  ): Promise<boolean> {
    const { events, ringer, matches, clock, log, ids } = this.parts;
    const all = await events.endpointsOf(tenantId);
    const others = all.filter(({ id }) => id !== except);
    const told = whoIsTold({ type, data }, others, matches);
    const deliveries = told.map(({ id, enabled }) => ({
      id: ids.delivery(),
      endpointId: id,
      heldReason: enabled ? null : 'endpoint disabled',
    }));
    const event = { id: ids.event(), tenantId, type, occurredAt: clock.now(), data, deliveries };
    if (!(await events.write(event, claim))) return false;
    ringer.ring(
      'endpoint',
      told.filter(({ enabled }) => enabled).map(({ id }) => id),
    );
    // An order that went well is nothing that anybody has to look at.
    const level = type === 'order.placed' ? 'debug' : 'warn';
    log[level]({ tenantId, about, reason: data.reason, told: told.length }, type);
    return true;
  }
}
