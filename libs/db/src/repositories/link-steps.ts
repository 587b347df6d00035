import { AppError, type Actor, type Instant, type UserId } from '#domain';
import { newId } from '#platform';
import type { Tx } from '../tenancy/tenant-scope.js';
import { made, writeAudit } from './audit-trail.js';
import { dateOf } from './times.js';
import { linkOf, WITH_TENANT, type LinkRecord } from './user-record.js';
import { OPERATOR, type Whose } from './whose.js';

/** What somebody who uses a link says of themselves. What is left out stays. */
export interface LinkUse {
  hash: Uint8Array;
  email?: string;
  name?: string;
  passwordHash?: string;
}

/** The link, if it still works. */
export async function openLink(tx: Tx, hash: Uint8Array, now: Instant): Promise<LinkRecord | undefined> {
  const row = await tx.oneTimeLink.findUnique({ where: { hash: Buffer.from(hash) }, include: WITH_TENANT });
  if (row === null || row.usedAt !== null || row.expiresAt.getTime() <= now) return undefined;
  return linkOf(row);
}

/** Whom a link is for. Somebody who is new is made; a new password ends all sessions. @throws AppError `link.invalid` */
export async function userOf(tx: Tx, link: LinkRecord, use: LinkUse, now: Instant): Promise<UserId> {
  const at = dateOf(now);
  const email = link.email ?? use.email;
  const where = link.userId === null ? { email: email ?? '' } : { id: link.userId };
  const known = await tx.appUser.findUnique({ where, select: { id: true } });
  if (known === null) {
    if (email === undefined || use.name === undefined) throw linkInvalid();
    const fresh = { id: newId<UserId>(), email, name: use.name, passwordHash: use.passwordHash ?? null };
    await tx.appUser.create({ data: { ...fresh, createdAt: at, updatedAt: at } });
    return fresh.id;
  }
  const userId = known.id as UserId;
  if (use.passwordHash !== undefined) {
    const { passwordHash } = use;
    await tx.appUser.update({ where: { id: userId }, data: { passwordHash, updatedAt: at } });
    await tx.session.deleteMany({ where: { userId } });
    await audit(tx, { whose: OPERATOR, userId, action: 'user.password_changed', now });
  }
  return userId;
}

/** What an invitation gives, and the first start's link. @throws AppError `setup.done` */
export async function join(tx: Tx, link: LinkRecord, userId: UserId, now: Instant): Promise<void> {
  if (link.kind !== 'invitation' && link.kind !== 'setup') return;
  const role = link.kind === 'setup' ? 'operator' : link.role;
  if (role === null) throw linkInvalid();
  if (link.kind === 'setup') await assertNoOperator(tx);
  const at = dateOf(now);
  const { tenantId, agentId } = link;
  const known = await tx.membership.findFirst({ where: { userId, tenantId } });
  const fields = { role, agentId, updatedAt: at };
  if (known) await tx.membership.update({ where: { id: known.id }, data: fields });
  else await tx.membership.create({ data: { id: newId(), userId, tenantId, createdAt: at, ...fields } });
  const whose = tenantId ?? OPERATOR;
  await audit(tx, { whose, userId, action: 'member.joined', now, fields: { role, agentId } });
}

interface Told {
  whose: Whose;
  userId: UserId;
  action: string;
  now: Instant;
  fields?: Record<string, unknown>;
}

/** People do these things to themselves. */
async function audit(tx: Tx, { whose, userId, action, now, fields = {} }: Told): Promise<void> {
  const actor: Actor = { kind: 'user', id: userId };
  await writeAudit(tx, { whose, actor, at: now, action, subjectId: userId, changes: made(fields) });
}

/** Two who use two such links at once. */
async function assertNoOperator(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('switchhook.last_operator'))`;
  if ((await tx.membership.count({ where: { tenantId: null } })) === 0) return;
  throw new AppError('conflict', 'setup.done', 'This installation has an operator already: sign in instead.');
}

export function linkInvalid(): AppError {
  const message = 'This link has been used or has expired: ask for a new one.';
  return new AppError('rejected', 'link.invalid', message, { status: 404 });
}
