/** What several changes of contacts have in common. */
import {
  AppError,
  notFound,
  type Actor,
  type ContactId,
  type ContactPhone,
  type Instant,
  type SourceId,
  type TenantId,
} from '#domain';
import type { Prisma } from '../generated/client.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import { differences, writeAudit } from './audit-trail.js';
import {
  contactOf,
  WHOLE,
  type ContactPatch,
  type ContactRecord,
  type ContactFields,
} from './contact-record.js';
import { given } from './given.js';
import { isTaken } from './is-taken.js';
import { lockRow } from './lock-row.js';
import { dateOf } from './times.js';

export interface ContactChange {
  tenant: TenantId;
  contactId: ContactId;
  at: Instant;
  by: Actor;
}

/** A new one. */
export function contactRow(tenant: TenantId, contactId: ContactId, fields: ContactFields, at: Instant) {
  const { externalId, kind, name, company, companyId, email, url, metadata, ownerId } = fields;
  return {
    id: contactId,
    tenantId: tenant,
    externalId,
    kind,
    name,
    company,
    companyId,
    email,
    url,
    ownerId,
    metadata: metadata as Prisma.InputJsonObject,
    createdAt: dateOf(at),
    updatedAt: dateOf(at),
  };
}

/** @throws AppError `resource.not_found` */
export async function findLockedContact(
  tx: Tx,
  tenant: TenantId,
  contactId: ContactId,
): Promise<ContactRecord> {
  if (!(await lockRow(tx, 'contact', tenant, contactId))) throw notFound('contact');
  return contactOf(
    await tx.contact.findUniqueOrThrow({ where: { id: contactId, tenantId: tenant }, ...WHOLE }),
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
  const { phones, externalIds, ...fields } = given(patch);
  const changes = differences(before, given(patch));
  if (Object.keys(changes).length === 0) return before;
  if ('phones' in changes && phones) {
    await tx.contactPhone.deleteMany({ where: { tenantId: tenant, contactId } });
    await addPhones(tx, { tenantId: tenant, contactId }, phones);
  }
  if ('externalIds' in changes && externalIds) {
    await tx.contactExternalId.deleteMany({ where: { tenantId: tenant, contactId } });
    await addExternalIds(tx, { tenantId: tenant, contactId }, externalIds);
  }
  const row = await tx.contact.update({
    where: { id: contactId, tenantId: tenant },
    data: { ...(fields as Prisma.ContactUncheckedUpdateInput), updatedAt: dateOf(at) },
    ...WHOLE,
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
  phones: readonly ContactPhone[],
): Promise<void> {
  await tx.contactPhone.createMany({ data: phones.map((phone, place) => ({ ...whose, ...phone, place })) });
}

export async function addExternalIds(
  tx: Tx,
  whose: { tenantId: TenantId; contactId: ContactId },
  externalIds: readonly SourceId[],
): Promise<void> {
  const data = externalIds.map(({ source, id }) => ({ ...whose, source, externalId: id }));
  await tx.contactExternalId.createMany({ data });
}

/** As `contact_relations` names them in its error. */
const NO_COMPANY = 'no such company';
const NO_OWNER = 'no such agent';

/** @throws AppError `contact.external_id_taken`, `contact.no_such_company`, `contact.no_such_owner` in place of the database's own errors */
export async function orRefused<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

function refusalOf(error: unknown): AppError | undefined {
  const { message = '' } = error as { message?: string };
  if (isTaken(error)) {
    const taken =
      'Another contact has this external id; PUT /v1/contacts/by-external-id/... changes that one.';
    return new AppError('conflict', 'contact.external_id_taken', taken, { cause: error });
  }
  if (message.includes(NO_COMPANY)) {
    const none = 'companyId must be the id of a contact of the kind "company".';
    return new AppError('rejected', 'contact.no_such_company', none, { cause: error });
  }
  if (message.includes(NO_OWNER)) {
    return new AppError('rejected', 'contact.no_such_owner', 'ownerId must be the id of an agent.', {
      cause: error,
    });
  }
  return undefined;
}
