import { backlogEnd, backlogOf, backlogWords } from '#domain';
import type { LateEndpoint, ToldBacklog, WatchStore } from '#db';
import { newsOf } from './news-of.js';
import type { TellTenant } from './tell-tenant.js';

/** When a whole installation was stopped everybody is late at once; who is left is told a minute later. */
const MOST_AT_ONCE = 500;
const ALERT = 'endpoint.backlog';

export interface TellBacklogsParts {
  store: Pick<WatchStore, 'lateEndpoints' | 'toldBacklogs'>;
  tellTenant: Pick<TellTenant, 'tell'>;
}

/** Tells tenants which of their endpoints do not keep up, once, and when that is over. */
export class TellBacklogs {
  constructor(private readonly parts: TellBacklogsParts) {}

  /** @throws AppError `database.unavailable` */
  async run(): Promise<void> {
    const { store } = this.parts;
    for (const told of await store.toldBacklogs()) await this.end(told);
    for (const late of await store.lateEndpoints(MOST_AT_ONCE)) await this.begin(late);
  }

  private async begin({ id: endpointId, tenantId, name, dueForMs, counted }: LateEndpoint): Promise<void> {
    const backlog = backlogOf(dueForMs, counted);
    const news = newsOf({ tenantId, endpointId, name }, ALERT, backlogWords(backlog), { backlog });
    await this.parts.tellTenant.tell(news, { kind: 'begin', alert: ALERT, subject: endpointId, until: null });
  }

  private async end({ id: endpointId, tenantId, name, episode }: ToldBacklog): Promise<void> {
    const reason = backlogEnd(episode);
    if (reason === null) return;
    const news = newsOf({ tenantId, endpointId, name }, 'endpoint.backlog_cleared', reason);
    await this.parts.tellTenant.tell(news, { kind: 'end', alert: ALERT, subject: endpointId });
  }
}
