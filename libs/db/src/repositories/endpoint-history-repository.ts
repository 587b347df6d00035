import { id, isUuid, type EndpointId, type Instant, type TenantId } from '#domain';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { instantOf } from './times.js';

/** `state`: whether and how it is sent to. `standing`: whether what is sent gets through. */
export const STATE_CHANGE_KINDS = ['state', 'standing'] as const;
export type StateChangeKind = (typeof STATE_CHANGE_KINDS)[number];

export interface StateChangeRecord {
  id: string;
  endpointId: EndpointId;
  at: Instant;
  kind: StateChangeKind;
  /** Null when the endpoint was made. */
  from: string | null;
  to: string;
  reason: string | null;
  /** Id of the API key or the person that did it, or `switchhook`. */
  by: string;
  /** Null for what is no key and no member of the tenant's: ourselves, and the operator. */
  byName: string | null;
}

/** What became of an endpoint, whoever did it. Entries are written with the changes themselves; here they are only read. */
export class EndpointHistoryRepository {
  constructor(private readonly scope: TenantScope) {}

  /** Undefined when there is no such endpoint. */
  list(tenant: TenantId, endpointId: EndpointId, ask: PageAsk): Promise<Page<StateChangeRecord> | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { id: endpointId, tenantId: tenant };
      if ((await tx.endpoint.count({ where })) === 0) return undefined;
      const rows = await tx.endpointStateChange.findMany({
        where: { ...olderThan(ask), endpointId, tenantId: tenant },
        ...newestFirst(ask),
      });
      const names = await namesOf(
        tx,
        tenant,
        rows.map(({ actor }) => actor),
      );
      const item = ({ actor, ...row }: (typeof rows)[number]): StateChangeRecord => ({
        id: row.id,
        endpointId: id<EndpointId>(row.endpointId),
        at: instantOf(row.at),
        kind: row.kind as StateChangeKind,
        from: row.fromState,
        to: row.toState,
        reason: row.reason,
        by: actor,
        byName: names.get(actor) ?? null,
      });
      return pageOf(rows, ask.limit, { item, key: (row) => row.id });
    });
  }
}

/** Names of the tenant's own keys, also of those that were revoked, and of its members. */
async function namesOf(
  tx: Tx,
  tenant: TenantId,
  actors: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(actors)].filter((actor) => isUuid(actor));
  const keys = await tx.apiKey.findMany({
    select: { id: true, name: true },
    where: { id: { in: ids }, tenantId: tenant },
  });
  const members = await tx.membership.findMany({
    select: { user: { select: { id: true, name: true } } },
    where: { userId: { in: ids }, tenantId: tenant },
  });
  return new Map([...keys, ...members.map(({ user }) => user)].map(({ id, name }) => [id, name]));
}
