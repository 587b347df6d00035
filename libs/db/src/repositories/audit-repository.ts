import { id, type ActorKind, type Instant, type TenantId } from '#domain';
import type { AuditEntry as Row } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import type { Changes } from './audit-trail.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf } from './times.js';
import { runFor, tenantColumn, type Whose } from './whose.js';

export interface AuditRecord {
  id: string;
  tenantId: TenantId | null;
  at: Instant;
  actor: string;
  actorKind: ActorKind;
  action: string;
  subjectType: string;
  subjectId: string;
  changes: Changes;
}

export interface AuditFilter {
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  from?: Instant | undefined;
  to?: Instant | undefined;
}

/** Who changed what. Entries are written with the changes themselves; here they are only read. */
export class AuditRepository {
  constructor(private readonly scope: TenantScope) {}

  list(whose: Whose, filter: AuditFilter, ask: PageAsk): Promise<Page<AuditRecord>> {
    return runFor(this.scope, whose, async (tx) => {
      const rows = await tx.auditEntry.findMany({
        where: {
          ...olderThan(ask),
          tenantId: tenantColumn(whose),
          ...(filter.subjectType === undefined ? {} : { subjectType: filter.subjectType }),
          ...(filter.subjectId === undefined ? {} : { subjectId: filter.subjectId }),
          at: {
            ...(filter.from === undefined ? {} : { gte: dateOf(filter.from) }),
            ...(filter.to === undefined ? {} : { lt: dateOf(filter.to) }),
          },
        },
        ...newestFirst(ask),
      });
      return pageOf(rows, ask.limit, { item: auditOf, key: (row) => row.id });
    });
  }
}

function auditOf(row: Row): AuditRecord {
  return {
    id: row.id,
    tenantId: row.tenantId === null ? null : id<TenantId>(row.tenantId),
    at: instantOf(row.at),
    actor: row.actor,
    actorKind: row.actorKind as ActorKind,
    action: row.action,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    changes: row.changes as unknown as Changes,
  };
}
