import {
  id,
  whoIsTold,
  type CallEventId,
  type CampaignNews,
  type DeliveryId,
  type EndpointId,
  type Instant,
  type MatchesPayload,
  type TenantId,
} from '#domain';
import type { OperationalEvent, OperationalEvents } from '#db';
import type { Ringer } from '#queues';

export interface TellCampaignParts {
  events: Pick<OperationalEvents, 'endpointsOf'>;
  ringer: Pick<Ringer, 'ring'>;
  matches: MatchesPayload;
  newId: () => string;
}

/** What endpoints are told of a campaign: made out before the look is left behind, written with it, and then rung for. */
export class TellCampaign {
  constructor(private readonly parts: TellCampaignParts) {}

  /** Nobody is asked where there is no news. @returns those events only that somebody asked for */
  async eventsOf(
    tenantId: TenantId,
    news: readonly CampaignNews[],
    now: Instant,
  ): Promise<OperationalEvent[]> {
    const { events, matches, newId } = this.parts;
    if (news.length === 0) return [];
    const endpoints = await events.endpointsOf(tenantId);
    return news.flatMap(({ type, data }): OperationalEvent[] => {
      const told = whoIsTold({ type, data }, endpoints, matches);
      if (told.length === 0) return [];
      const deliveries = told.map(({ id: endpointId, enabled }) => ({
        id: id<DeliveryId>(newId()),
        endpointId,
        heldReason: enabled ? null : 'endpoint disabled',
      }));
      return [{ id: id<CallEventId>(newId()), tenantId, type, occurredAt: now, data, deliveries }];
    });
  }

  ring(events: readonly OperationalEvent[]): void {
    const due = new Set<EndpointId>();
    for (const { deliveries } of events) {
      for (const { endpointId, heldReason } of deliveries) if (heldReason === null) due.add(endpointId);
    }
    if (due.size > 0) this.parts.ringer.ring('endpoint', [...due]);
  }
}
