import type { Actor, ConnectionId, TenantId } from '#domain';
import type { LabelRecord, LabelRepository, Labelled } from '#db';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';

/** A label as it is shown, apart from the name of what it labels. */
export interface LabelView {
  label: string;
  createdAt: string;
  updatedAt: string;
}

/** One thing of one connection. */
export interface ThingOf {
  connectionId: ConnectionId;
  key: string;
}

/** What the tenant calls the queues, or the numbers, of its connections. @typeParam D  how one of them is shown */
export class LabelDesk<D> {
  constructor(
    private readonly labels: LabelRepository,
    private readonly kind: Labelled,
    private readonly show: (key: string, view: LabelView) => D,
  ) {}

  async list(
    tenant: TenantId,
    connectionId: ConnectionId,
    query: PageQueryDto,
  ): Promise<{ data: D[]; nextCursor: string | null }> {
    const page = await this.labels.list(tenant, { connectionId, kind: this.kind }, pageAsk(query));
    return pageAnswer(page, (record) => this.view(record));
  }

  async get(tenant: TenantId, { connectionId, key }: ThingOf): Promise<D> {
    return this.view(found(await this.labels.get(tenant, { connectionId, kind: this.kind }, key), this.kind));
  }

  async put(tenant: TenantId, { connectionId, key }: ThingOf, label: string, by: Actor): Promise<D> {
    const of = { connectionId, kind: this.kind };
    return this.view(await this.labels.put(tenant, of, { key, label }, by));
  }

  async remove(tenant: TenantId, { connectionId, key }: ThingOf, by: Actor): Promise<void> {
    await this.labels.remove(tenant, { connectionId, kind: this.kind }, key, by);
  }

  private view({ key, label, createdAt, updatedAt }: LabelRecord): D {
    return this.show(key, { label, createdAt: timeText(createdAt), updatedAt: timeText(updatedAt) });
  }
}
