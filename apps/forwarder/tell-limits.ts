import { limitWords } from '#domain';
import type { ReachedLimit, WatchStore } from '#db';
import type { TellTenant } from './tell-tenant.js';

const ALERT = 'tenant.limit_reached';
const LIMIT = { tenant_rate: 'webhooksPerSecond', tenant_bytes: 'webhookBytesPerDay' } as const;

export interface TellLimitsParts {
  store: Pick<WatchStore, 'reachedLimits'>;
  tellTenant: Pick<TellTenant, 'tell'>;
}

/** Tells tenants, once a day, that webhooks of theirs were refused because they were more than the operator allows. */
export class TellLimits {
  constructor(private readonly parts: TellLimitsParts) {}

  /** @throws AppError `database.unavailable` */
  async run(): Promise<void> {
    for (const reached of await this.parts.store.reachedLimits()) await this.tell(reached);
  }

  private async tell({ tenantId, name, reason, refused, until }: ReachedLimit): Promise<void> {
    const limit = LIMIT[reason];
    const data = { tenant: { id: tenantId, name }, limit, refused, reason: limitWords(limit, refused) };
    await this.parts.tellTenant.tell(
      { tenantId, type: ALERT, about: tenantId, data, except: null },
      { kind: 'begin', alert: ALERT, subject: `${tenantId} ${reason}`, until },
    );
  }
}
