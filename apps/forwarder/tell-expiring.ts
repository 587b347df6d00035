import { expiryToldFrom, expiryWords, type ExpiryType } from '#domain';
import type { Expiring, WatchStore } from '#db';
import type { Clock, Log } from '#platform';
import type { TellTenant } from './tell-tenant.js';

export interface TellExpiringParts {
  store: Pick<WatchStore, 'expiring' | 'claimForOperator'>;
  tellTenant: Pick<TellTenant, 'tell'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** Which member of the event's data says what ends. */
const MEMBER: Readonly<Record<ExpiryType, 'endpoint' | 'connection' | 'apiKey'>> = {
  'endpoint.secret_expiring': 'endpoint',
  'endpoint.credentials_expiring': 'endpoint',
  'endpoint.access_expiring': 'endpoint',
  'connection.token_expiring': 'connection',
  'api_key.expiring': 'apiKey',
};

/** Tells tenants, once, what of theirs stops working soon. The operator's own keys are told of in the log. */
export class TellExpiring {
  constructor(private readonly parts: TellExpiringParts) {}

  /** @throws AppError `database.unavailable` */
  async run(): Promise<void> {
    const { store, clock } = this.parts;
    for (const thing of await store.expiring()) {
      if (clock.now() >= expiryToldFrom(thing)) await this.tell(thing);
    }
  }

  private async tell(thing: Expiring): Promise<void> {
    const { store, tellTenant, log } = this.parts;
    const { type, subject, tenantId, id, name, expiresAt } = thing;
    const until = new Date(expiresAt).toISOString();
    if (tenantId === null) {
      if (await store.claimForOperator(thing)) log.warn({ keyId: id, expiresAt: until }, `operator.${type}`);
      return;
    }
    const data = { [MEMBER[type]]: { id, name }, expiresAt: until, reason: expiryWords(type, expiresAt) };
    await tellTenant.tell(
      { tenantId, type, about: id, data, except: null },
      { kind: 'begin', alert: type, subject, until: expiresAt },
    );
  }
}
