import type { StandingNews } from '#domain';
import type { DeliveryStore, DeliveryTarget } from '#db';
import type { Lease } from '#queues';
import { newsOf } from './news-of.js';
import type { TellTenant } from './tell-tenant.js';

const REASONS: Readonly<Record<StandingNews, string>> = {
  'endpoint.failing': 'Several deliveries in a row failed. They are tried again by its schedule.',
  'endpoint.recovered': 'Deliveries get through again.',
};

export interface EndpointNewsParts {
  store: Pick<DeliveryStore, 'putAway'>;
  tellTenant: Pick<TellTenant, 'tell'>;
}

/** What follows for a tenant from how its endpoint answers: it is told, and the endpoint is disabled. */
export class EndpointNews {
  constructor(private readonly parts: EndpointNewsParts) {}

  /** Each of them once: what was told is taken off the list. @throws AppError `database.unavailable` */
  async tell(target: DeliveryTarget, news: StandingNews[]): Promise<void> {
    for (const type of news.splice(0)) await this.parts.tellTenant.tell(newsOf(target, type, REASONS[type]));
  }

  /**
   * Disables the endpoint, unless it is not what it was when it was read, and holds what it is owed.
   *
   * @param reason  in words, for the tenant
   * @param awaitsGrant  it goes on by itself when somebody connects it
   * @throws AppError `database.unavailable`
   */
  async disable(
    { fence }: Lease,
    target: DeliveryTarget,
    { reason, awaitsGrant = false }: { reason: string; awaitsGrant?: boolean },
  ): Promise<void> {
    const { endpointId, url, grantEpoch } = target;
    const news = newsOf(target, 'endpoint.disabled', reason);
    const claim = { kind: 'disable', endpointId, url, reason, grantEpoch, awaitsGrant } as const;
    if (!(await this.parts.tellTenant.tell(news, claim))) return;
    await this.parts.store.putAway({ endpointId, fence }, 'held', reason);
  }
}
