import type { GrantStore } from '#db';
import { newsOf } from '../news-of.js';
import type { TellTenant } from '../tell-tenant.js';

export interface TellGrantsParts {
  store: Pick<GrantStore, 'inNeed'>;
  tellTenant: Pick<TellTenant, 'tell'>;
}

const AT_ONCE = 100;
const TYPE = 'endpoint.access_needs_attention';

/** Tells tenants, once, which of those who connected their endpoints have to do so again. */
export class TellGrants {
  constructor(private readonly parts: TellGrantsParts) {}

  /** @throws AppError `database.unavailable` */
  async run(): Promise<void> {
    const { store, tellTenant } = this.parts;
    for (const { subject, grantId, label, reason, ...endpoint } of await store.inNeed(AT_ONCE)) {
      const news = newsOf(endpoint, TYPE, reason, { grant: { id: grantId, label } });
      await tellTenant.tell(news, { kind: 'begin', alert: TYPE, subject, until: null });
    }
  }
}
