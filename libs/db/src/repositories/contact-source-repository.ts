import {
  type Actor,
  AppError,
  notFound,
  type ContactSourceId,
  type EndpointId,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { tellDeleted } from './contact-source-deleted.js';
import {
  WITH_HEALTH,
  contactSourceOf,
  type ContactSourceFields,
  type ContactSourcePatch,
  type ContactSourceRecord,
} from './contact-source-record.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf } from './times.js';

/** All of them may be asked while one phone rings. */
const MOST_SOURCES = 10;
/** What it is asked with: an answer to another question counts for nothing. */
const ASKED_WITH = ['kind', 'url', 'endpointId', 'sealedHeaders', 'sealedSecret'] as const;

/** What an audit entry tells of a source; of secrets only whether there are any. */
function told({ sealedHeaders, sealedSecret, ...fields }: ContactSourceFields): Record<string, unknown> {
  return { ...fields, headers: sealedHeaders !== null, signed: sealedSecret !== null };
}

/** Whom a tenant wants to be asked who has a number. */
export class ContactSourceRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * @param sourceId  the secrets are sealed for it
   * @throws AppError `contact_source.too_many`, `resource.not_found` for an endpoint that the tenant does not have
   */
  create(
    tenant: TenantId,
    sourceId: ContactSourceId,
    fields: ContactSourceFields,
    by: Actor,
  ): Promise<ContactSourceRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      // One after the other, so that the limit holds.
      await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenant}::uuid FOR UPDATE`;
      if ((await tx.contactSource.count({ where: { tenantId: tenant } })) >= MOST_SOURCES) throw tooMany();
      await keepEndpoint(tx, tenant, fields.endpointId);
      const times = { createdAt: dateOf(at), updatedAt: dateOf(at) };
      const data = { ...fields, ...times, id: sourceId, tenantId: tenant };
      const row = await tx.contactSource.create({ data, ...WITH_HEALTH });
      const changes = made(told(fields));
      const action = 'contact_source.created';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: sourceId, changes });
      return contactSourceOf(row);
    });
  }

  /** Latest first. */
  list(tenant: TenantId, ask: PageAsk): Promise<Page<ContactSourceRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { ...olderThan(ask), tenantId: tenant };
      const rows = await tx.contactSource.findMany({ where, ...WITH_HEALTH, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: contactSourceOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, sourceId: ContactSourceId): Promise<ContactSourceRecord | undefined> {
    return this.scope.forTenant(tenant, (tx) => find(tx, tenant, sourceId));
  }

  /** What it said before counts no longer where it is asked otherwise from now on. @throws AppError `resource.not_found` */
  patch(
    tenant: TenantId,
    sourceId: ContactSourceId,
    patch: ContactSourcePatch,
    by: Actor,
  ): Promise<ContactSourceRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await locked(tx, tenant, sourceId);
      await keepEndpoint(tx, tenant, patch.endpointId ?? null);
      const after = { ...before, ...given(patch) };
      const isAskedOtherwise = ASKED_WITH.some((field) => after[field] !== before[field]);
      const changes = differences(told(fieldsOf(before)), told(fieldsOf(after)));
      if (Object.keys(changes).length === 0 && !isAskedOtherwise) return before;
      const version = before.version + (isAskedOtherwise ? 1 : 0);
      const row = await tx.contactSource.update({
        where: { id: sourceId, tenantId: tenant },
        data: { ...given(patch), version, updatedAt: dateOf(at) },
        ...WITH_HEALTH,
      });
      const action = 'contact_source.changed';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: sourceId, changes });
      return contactSourceOf(row);
    });
  }

  /** With all that it said. @throws AppError `resource.not_found` */
  remove(tenant: TenantId, sourceId: ContactSourceId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const source = await locked(tx, tenant, sourceId);
      await tx.contactSource.delete({ where: { id: sourceId, tenantId: tenant } });
      await tellDeleted(tx, source, { whose: tenant, actor: by, at });
    });
  }
}

/** So that it is the tenant's, and stays until the source is written. */
async function keepEndpoint(tx: Tx, tenant: TenantId, endpointId: EndpointId | null): Promise<void> {
  if (endpointId === null) return;
  if (!(await lockRow(tx, 'endpoint', tenant, endpointId))) throw notFound('endpoint');
}

async function locked(tx: Tx, tenant: TenantId, sourceId: ContactSourceId): Promise<ContactSourceRecord> {
  await lockRow(tx, 'contact_source', tenant, sourceId);
  const source = await find(tx, tenant, sourceId);
  if (source === undefined) throw notFound('contact source');
  return source;
}

async function find(
  tx: Tx,
  tenant: TenantId,
  sourceId: ContactSourceId,
): Promise<ContactSourceRecord | undefined> {
  const row = await tx.contactSource.findFirst({ where: { id: sourceId, tenantId: tenant }, ...WITH_HEALTH });
  return row === null ? undefined : contactSourceOf(row);
}

function fieldsOf(source: ContactSourceFields): ContactSourceFields {
  const { name, kind, url, endpointId, sealedHeaders, sealedSecret, timeoutMs, enabled } = source;
  const { foundSeconds, notFoundSeconds, staleSeconds } = source;
  const times = { timeoutMs, foundSeconds, notFoundSeconds, staleSeconds };
  return { name, kind, url, endpointId, sealedHeaders, sealedSecret, ...times, enabled };
}

function tooMany(): AppError {
  const message = `A tenant has at most ${String(MOST_SOURCES)} sources of contacts: delete one that is not needed.`;
  return new AppError('conflict', 'contact_source.too_many', message);
}
