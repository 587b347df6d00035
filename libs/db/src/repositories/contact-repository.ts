import { AppError, type ContactId, type Instant, type TenantId, type Actor } from '#domain';
import { newId, type Clock } from '#platform';
import type { Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { made, writeAudit } from './audit-trail.js';
import {
  WHOLE,
  contactOf,
  type ContactFields,
  type ContactFilter,
  type ContactPatch,
  type ContactRecord,
} from './contact-record.js';
import {
  addExternalIds,
  addPhones,
  changeContact,
  contactRow,
  findLockedContact,
  orRefused,
} from './contact-steps.js';
import { folded, patternOf } from './folded.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { numbersOf } from './spellings-of.js';

/** More columns than these are of no use to anybody in a table. */
const MOST_LABELS = 50;
const MOST_KEYS = 200;

/** A tenant's own directory: people and companies, and the numbers that they call from. */
export class ContactRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `contact.external_id_taken` */
  create(tenant: TenantId, fields: ContactFields, by: Actor): Promise<ContactRecord> {
    const at = this.clock.now();
    const creating = this.scope.forTenant(tenant, async (tx) => {
      const contactId = newId<ContactId>();
      await tx.contact.createMany({ data: [contactRow(tenant, contactId, fields, at)] });
      return finishNew(tx, fields, { tenant, contactId, at, by });
    });
    return orRefused(creating);
  }

  /** Newest first. */
  list(tenant: TenantId, filter: ContactFilter, ask: PageAsk): Promise<Page<ContactRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { AND: [await conditions(tx, tenant, filter, ask), olderThan(ask)], tenantId: tenant };
      const rows = await tx.contact.findMany({ where, ...WHOLE, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: contactOf, key: (row) => row.id });
    });
  }

  /** What there is beside the fields that every contact has: labels or kinds of numbers and keys of metadata, each in order. */
  columns(tenant: TenantId): Promise<{ labels: string[]; keys: string[] }> {
    return this.scope.forTenant(tenant, async (tx) => {
      const labels = await tx.$queryRaw<{ label: string }[]>`
        SELECT DISTINCT coalesce(p.label, p.kind) AS label FROM contact_phone p
        WHERE p.tenant_id = ${tenant}::uuid AND coalesce(p.label, p.kind) IS NOT NULL ORDER BY 1 LIMIT ${MOST_LABELS}`;
      const keys = await tx.$queryRaw<{ key: string }[]>`
        SELECT DISTINCT k.key FROM contact c CROSS JOIN LATERAL jsonb_object_keys(c.metadata) AS k(key)
        WHERE c.tenant_id = ${tenant}::uuid ORDER BY k.key LIMIT ${MOST_KEYS}`;
      return { labels: labels.map(({ label }) => label), keys: keys.map(({ key }) => key) };
    });
  }

  get(tenant: TenantId, contactId: ContactId): Promise<ContactRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.contact.findFirst({ where: { id: contactId, tenantId: tenant }, ...WHOLE });
      return row === null ? undefined : contactOf(row);
    });
  }

  /** Numbers that are given replace all. @throws AppError `resource.not_found`, `contact.external_id_taken` */
  patch(tenant: TenantId, contactId: ContactId, patch: ContactPatch, by: Actor): Promise<ContactRecord> {
    const at = this.clock.now();
    const changing = this.scope.forTenant(tenant, async (tx) => {
      const before = await findLockedContact(tx, tenant, contactId);
      return changeContact(tx, before, patch, { tenant, contactId, at, by });
    });
    return orRefused(changing);
  }

  /**
   * Makes the contact of this id, or makes it what is given. Of several at once one makes it and the others change it.
   *
   * @throws AppError `contact.deleted_meanwhile`
   */
  upsert(
    tenant: TenantId,
    fields: ContactFields & { externalId: string },
    by: Actor,
  ): Promise<ContactRecord> {
    const at = this.clock.now();
    const { externalId } = fields;
    const putting = this.scope.forTenant(tenant, async (tx) => {
      const contactId = newId<ContactId>();
      const data = [contactRow(tenant, contactId, fields, at)];
      const { count } = await tx.contact.createMany({ data, skipDuplicates: true });
      if (count === 1) return finishNew(tx, fields, { tenant, contactId, at, by });
      const found = await tx.contact.findFirst({
        select: { id: true },
        where: { tenantId: tenant, externalId },
      });
      if (found === null) throw deletedMeanwhile();
      const known = found.id as ContactId;
      const before = await findLockedContact(tx, tenant, known);
      return changeContact(tx, before, fields, { tenant, contactId: known, at, by });
    });
    return orRefused(putting);
  }

  /** With its numbers. @throws AppError `resource.not_found` */
  remove(tenant: TenantId, contactId: ContactId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const { name, externalId } = await findLockedContact(tx, tenant, contactId);
      await tx.contact.delete({ where: { id: contactId, tenantId: tenant } });
      const changes = { name: { from: name, to: null }, externalId: { from: externalId, to: null } };
      const action = 'contact.deleted';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: contactId, changes });
    });
  }
}

async function finishNew(
  tx: Tx,
  fields: ContactFields,
  { tenant, contactId, at, by }: { tenant: TenantId; contactId: ContactId; at: Instant; by: Actor },
): Promise<ContactRecord> {
  await addPhones(tx, { tenantId: tenant, contactId }, fields.phones);
  await addExternalIds(tx, { tenantId: tenant, contactId }, fields.externalIds);
  const action = 'contact.created';
  await writeAudit(tx, {
    whose: tenant,
    actor: by,
    at,
    action,
    subjectId: contactId,
    changes: made({ ...fields }),
  });
  return { ...fields, id: contactId, tenantId: tenant, createdAt: at, updatedAt: at };
}

function deletedMeanwhile(): AppError {
  const message = 'Another request deleted this contact at the same time; send it again.';
  return new AppError('conflict', 'contact.deleted_meanwhile', message);
}

async function conditions(
  tx: Tx,
  tenant: TenantId,
  { number, text }: ContactFilter,
  ask: PageAsk,
): Promise<Prisma.ContactWhereInput> {
  const found: Prisma.ContactWhereInput = {};
  if (number !== undefined) {
    const connections = await tx.connection.findMany({
      select: { country: true },
      where: { tenantId: tenant },
    });
    const countries = new Set(connections.map(({ country }) => country));
    const e164 = { in: numbersOf(number, countries) };
    found.phones = { some: { tenantId: tenant, e164 } };
  }
  if (text !== undefined) {
    // With a number there are few anyhow.
    const foldedText = await folded(tx, text);
    if (number === undefined) found.id = { in: await idsWith(tx, tenant, foldedText, ask) };
    else found.search = { contains: patternOf(foldedText).slice(1, -1) };
  }
  return found;
}

/** Of one page, newest first. */
async function idsWith(tx: Tx, tenant: TenantId, foldedText: string, ask: PageAsk): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM contacts_like(${tenant}::uuid, ${patternOf(foldedText)}, ${ask.after}::uuid, ${ask.limit + 1})`;
  return rows.map(({ id }) => id);
}
