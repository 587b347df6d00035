import {
  AppError,
  type Actor,
  type IdentityProviderId,
  type Instant,
  type TenantId,
  type TenantRole,
  type UserId,
} from '#domain';
import { newId } from '#platform';
import type { Tx } from '../tenancy/tenant-scope.js';
import { made, writeAudit } from './audit-trail.js';
import { join } from './link-steps.js';
import { dateOf } from './times.js';
import { linkOf, personOf, WITH_MEMBERSHIPS, WITH_TENANT, type PersonRecord } from './user-record.js';

/** Somebody whom a provider answers for. */
export interface Newcomer {
  /** As `emailKey` makes it, verified. */
  email: string;
  name: string;
}

export interface AnsweringProvider {
  id: IdentityProviderId;
  tenantId: TenantId | null;
  role: TenantRole | null;
}

/**
 * Finds who it is by their address. A tenant's provider makes who is new a member, by an open invitation of that tenant or as it
 * says itself. Whoever is somebody already joins nothing without their own doing: they take up an invitation with their password;
 * who has none, by coming this way.
 *
 * @throws AppError 403 `oidc.not_member`
 */
export async function comeIn(
  tx: Tx,
  provider: AnsweringProvider,
  { email, name }: Newcomer,
  now: Instant,
): Promise<PersonRecord> {
  // Two who are the same new person, in two browsers, come one after the other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('switchhook.come_in'), hashtext(${email}))`;
  const known = await tx.appUser.findUnique({ where: { email }, include: WITH_MEMBERSHIPS });
  if (provider.tenantId === null) {
    if (known === null) throw notMember();
    return personOf(known);
  }
  const { tenantId } = provider;
  if (known?.memberships.some((one) => one.tenantId === tenantId)) return personOf(known);
  if (known !== null && known.passwordHash !== null) throw notMember();
  const invitation = await tx.oneTimeLink.findFirst({
    where: { kind: 'invitation', tenantId, email, usedAt: null, expiresAt: { gt: dateOf(now) } },
    include: WITH_TENANT,
    orderBy: { id: 'desc' },
  });
  if (invitation === null && (known !== null || provider.role === null)) throw notMember();
  const userId = (known?.id ?? (await newUser(tx, { email, name }, now))) as UserId;
  if (invitation === null) await becomeMember(tx, provider, userId, now);
  else {
    await tx.oneTimeLink.update({ where: { id: invitation.id }, data: { usedAt: dateOf(now) } });
    await join(tx, linkOf(invitation), userId, now);
  }
  return personOf(await tx.appUser.findUniqueOrThrow({ where: { id: userId }, include: WITH_MEMBERSHIPS }));
}

async function newUser(tx: Tx, { email, name }: Newcomer, now: Instant): Promise<UserId> {
  const id = newId<UserId>();
  const at = dateOf(now);
  await tx.appUser.create({ data: { id, email, name, createdAt: at, updatedAt: at } });
  return id;
}

async function becomeMember(
  tx: Tx,
  { id: providerId, tenantId, role }: AnsweringProvider,
  userId: UserId,
  now: Instant,
): Promise<void> {
  if (tenantId === null || role === null) throw notMember();
  const at = dateOf(now);
  await tx.membership.create({
    data: { id: newId(), userId, tenantId, role, createdAt: at, updatedAt: at },
  });
  const actor: Actor = { kind: 'user', id: userId };
  const changes = made({ role, identityProviderId: providerId });
  await writeAudit(tx, {
    whose: tenantId,
    actor,
    at: now,
    action: 'member.joined',
    subjectId: userId,
    changes,
  });
}

function notMember(): AppError {
  const message =
    'The provider knows you, but you are no member here: ask an administrator to invite you, and take the invitation up first.';
  return new AppError('rejected', 'oidc.not_member', message, { status: 403 });
}
