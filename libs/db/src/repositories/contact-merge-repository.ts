import {
  AppError,
  id,
  mergeContacts,
  notFound,
  type ContactFacts,
  type ContactId,
  type ContactMergeId,
  type Instant,
  type Actor,
  type TenantId,
} from '#domain';
import { newId, type Clock } from '#platform';
import type { ContactMerge as Row, Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import type { ContactRecord } from './contact-record.js';
import {
  addExternalIds,
  addPhones,
  changeContact,
  contactRow,
  findLockedContact,
  orRefused,
} from './contact-steps.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf } from './times.js';

/** Contacts that became one. */
export interface MergeRecord {
  id: ContactMergeId;
  /** The one that was kept. */
  contactId: ContactId;
  mergedIds: ContactId[];
  mergedAt: Instant;
  undoneAt: Instant | null;
}

/** A contact that is no more, as it was. */
type MergedContact = ContactRecord & {
  /** Contacts that belonged to it, where it is a company. */
  people: ContactId[];
};

/** Makes one contact of several, and takes that back. */
export class ContactMergeRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Newest first. */
  list(tenant: TenantId, ask: PageAsk): Promise<Page<MergeRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { ...olderThan(ask), tenantId: tenant };
      const rows = await tx.contactMerge.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: mergeOf, key: (row) => row.id });
    });
  }

  /** @throws AppError `resource.not_found` when there is no such contact, or one of the others is none */
  merge(
    tenant: TenantId,
    keptId: ContactId,
    otherIds: readonly ContactId[],
    by: Actor,
  ): Promise<MergeRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      // In one order, so that two merges of the same contacts never wait for each other in a circle.
      const locked = new Map<ContactId, ContactRecord>();
      for (const one of [keptId, ...otherIds].toSorted())
        locked.set(one, await findLockedContact(tx, tenant, one));
      const kept = locked.get(keptId);
      const others = otherIds.flatMap((one) => locked.get(one) ?? []);
      if (kept === undefined) throw notFound('contact');
      const merged = mergeContacts(kept, others);
      const people = await peopleOf(tx, tenant, otherIds);
      await moveTo(
        tx,
        tenant,
        keptId,
        people.map((person) => person.id),
      );
      // First, for the ids of theirs that the kept one gets are free only then.
      await tx.contact.deleteMany({ where: { tenantId: tenant, id: { in: [...otherIds] } } });
      await changeContact(tx, kept, merged, { tenant, contactId: keptId, at, by });
      const row = await tx.contactMerge.create({
        data: {
          ...{ id: newId<ContactMergeId>(), tenantId: tenant, contactId: keptId },
          before: kept as unknown as Prisma.InputJsonObject,
          merged: others.map((other) => ({
            ...other,
            people: people.filter(({ companyId }) => companyId === other.id).map((person) => person.id),
          })) as unknown as Prisma.InputJsonArray,
          ...{ mergedIds: [...otherIds], mergedAt: dateOf(at), mergedBy: by.id },
        },
      });
      const changes = {
        merged: { from: others.map(({ id: one, name }) => ({ id: one, name })), to: keptId },
      };
      const action = 'contact.merged';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: keptId, changes });
      return mergeOf(row);
    });
  }

  /**
   * Makes the others again, as they were, and the kept one what it was before.
   *
   * @throws AppError `resource.not_found`, `merge.undone`, `merge.changed_since`, `contact.external_id_taken`
   */
  undo(tenant: TenantId, mergeId: ContactMergeId, by: Actor): Promise<MergeRecord> {
    const at = this.clock.now();
    const undoing = this.scope.forTenant(tenant, async (tx) => {
      const merge = await tx.contactMerge.findFirst({ where: { id: mergeId, tenantId: tenant } });
      if (merge === null) throw notFound('merge');
      const contactId = merge.contactId as ContactId;
      const now = await findLockedContact(tx, tenant, contactId);
      const undone = await tx.contactMerge.updateMany({
        where: { id: mergeId, tenantId: tenant, undoneAt: null },
        data: { undoneAt: dateOf(at) },
      });
      if (undone.count === 0)
        throw new AppError('conflict', 'merge.undone', 'This merge was undone already.');
      if (now.updatedAt > instantOf(merge.mergedAt)) throw changedSince();
      const before = merge.before as unknown as ContactRecord;
      const others = merge.merged as unknown as MergedContact[];
      await changeContact(tx, now, factsOf(before), { tenant, contactId, at, by });
      for (const other of others) await makeAgain(tx, tenant, other, at);
      const changes = {
        merged: { from: contactId, to: others.map(({ id: one, name }) => ({ id: one, name })) },
      };
      const action = 'contact.merge_undone';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: contactId, changes });
      return { ...mergeOf(merge), undoneAt: at };
    });
    return orRefused(undoing);
  }
}

/** Those that belong to one of the companies. */
function peopleOf(
  tx: Tx,
  tenant: TenantId,
  companyIds: readonly ContactId[],
): Promise<{ id: string; companyId: string | null }[]> {
  return tx.contact.findMany({
    select: { id: true, companyId: true },
    where: { tenantId: tenant, companyId: { in: [...companyIds] } },
  });
}

async function moveTo(
  tx: Tx,
  tenant: TenantId,
  companyId: ContactId,
  people: readonly string[],
): Promise<void> {
  if (people.length === 0) return;
  const isCompany = await tx.contact.count({ where: { id: companyId, tenantId: tenant, kind: 'company' } });
  if (isCompany === 0) return;
  await tx.contact.updateMany({
    where: { tenantId: tenant, id: { in: [...people] } },
    data: { companyId },
  });
}

/** With its own id, and as new or old as it was. What it belonged to and is no more is left open. */
async function makeAgain(tx: Tx, tenant: TenantId, contact: MergedContact, at: Instant): Promise<void> {
  const { id: contactId, companyId, ownerId, people } = contact;
  const company =
    companyId === null
      ? 0
      : await tx.contact.count({
          where: { id: companyId, tenantId: tenant, kind: 'company' },
        });
  const owner = ownerId === null ? 0 : await tx.agent.count({ where: { id: ownerId, tenantId: tenant } });
  const fields: ContactFacts = {
    ...contact,
    companyId: company === 0 ? null : companyId,
    ownerId: owner === 0 ? null : ownerId,
  };
  const row = contactRow(tenant, contactId, fields, at);
  await tx.contact.createMany({ data: [{ ...row, createdAt: dateOf(contact.createdAt) }] });
  await addPhones(tx, { tenantId: tenant, contactId }, contact.phones);
  await addExternalIds(tx, { tenantId: tenant, contactId }, contact.externalIds);
  await moveTo(tx, tenant, contactId, people);
}

function factsOf(contact: ContactRecord): ContactFacts {
  const { externalId, externalIds, kind, name, company, companyId, email, url, metadata, ownerId, phones } =
    contact;
  return { externalId, externalIds, kind, name, company, companyId, email, url, metadata, ownerId, phones };
}

function changedSince(): AppError {
  const message =
    'The contact was changed since it was merged; undoing would lose that. Make the others anew by hand.';
  return new AppError('conflict', 'merge.changed_since', message);
}

function mergeOf(row: Row): MergeRecord {
  return {
    id: id<ContactMergeId>(row.id),
    contactId: id<ContactId>(row.contactId),
    mergedIds: row.mergedIds.map((one) => id<ContactId>(one)),
    mergedAt: instantOf(row.mergedAt),
    undoneAt: row.undoneAt === null ? null : instantOf(row.undoneAt),
  };
}
