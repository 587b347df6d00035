/** What several changes of contacts have in common. */
import { AppError, notFound, type ContactId, type Instant, type TenantId } from '#domain';
import type { Prisma } from '../generated/client.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import { differences, writeAudit, type Actor } from './audit-trail.js';
import {
  contactOf,
  WITH_PHONES,
  type ContactPatch,
  type ContactPhoneRecord,
  type ContactRecord,
} from './contact-record.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { dateOf } from './times.js';

export interface ContactChange {
  tenant: TenantId;
  contactId: ContactId;
  at: Instant;
  by: Actor;
}

/** @throws AppError `resource.not_found` */
export async function findLockedContact(
  tx: Tx,
  tenant: TenantId,
  contactId: ContactId,
): Promise<ContactRecord> {
  if (!(await lockRow(tx, 'contact', tenant, contactId))) throw notFound('contact');
  return contactOf(
    await tx.contact.findUniqueOrThrow({ where: { id: contactId, tenantId: tenant }, ...WITH_PHONES }),
  );
}

/**
 * A patch that changes nothing leaves no trace: a contact that is sent again every night has not been updated last.
 *
 * @param before  locked
 */
export async function changeContact(
  tx: Tx,
  before: ContactRecord,
  patch: ContactPatch,
  { tenant, contactId, at, by }: ContactChange,
): Promise<ContactRecord> {
  const { phones, ...fields } = given(patch);
  const changes = differences(before, given(patch));
  if (Object.keys(changes).length === 0) return before;
  if ('phones' in changes && phones) {
    await tx.contactPhone.deleteMany({ where: { tenantId: tenant, contactId } });
    await addPhones(tx, { tenantId: tenant, contactId }, phones);
  }
  const row = await tx.contact.update({
    where: { id: contactId, tenantId: tenant },
    data: { ...(fields as Prisma.ContactUncheckedUpdateInput), updatedAt: dateOf(at) },
    ...WITH_PHONES,
  });
  await writeAudit(tx, {
    whose: tenant,
    actor: by,
    at,
    action: 'contact.changed',
    subjectId: contactId,
    changes,
  });
  return contactOf(row);
}

export async function addPhones(
  tx: Tx,
  whose: { tenantId: TenantId; contactId: ContactId },
  phones: readonly ContactPhoneRecord[],
): Promise<void> {
  await tx.contactPhone.createMany({ data: phones.map((phone, place) => ({ ...whose, ...phone, place })) });
}

/** Prisma's code for a unique key that is taken. */
const TAKEN = 'P2002';

/** @throws AppError `contact.external_id_taken` in place of the database's own error */
export async function orExternalIdTaken<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if ((error as { code?: unknown }).code !== TAKEN) throw error;
    throw new AppError(
      'conflict',
      'contact.external_id_taken',
      'Another contact has this externalId; PUT /v1/contacts/by-external-id/... changes that one.',
      { cause: error },
    );
  }
}
