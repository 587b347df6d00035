import type { Actor, UserId } from '#domain';
import type { Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { isSsoEverywhere } from './session-repository.js';
import { dateOf } from './times.js';
import { personOf, WITH_MEMBERSHIPS, type PersonRecord } from './user-record.js';
import { OPERATOR } from './whose.js';

/** People who sign in. They belong to no tenant, so all of this is at operator level; what a tenant sees are its members. */
export class UserRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  get(userId: UserId): Promise<PersonRecord | undefined> {
    return this.scope.forOperator(async (tx) => {
      const row = await tx.appUser.findUnique({ where: { id: userId }, include: WITH_MEMBERSHIPS });
      return row === null ? undefined : personOf(row);
    });
  }

  /** @param email  as `emailKey` makes it. @returns with the hash of the password, null for who has none */
  byEmail(email: string): Promise<{ person: PersonRecord; passwordHash: string | null } | undefined> {
    return this.scope.forOperator(async (tx) => {
      const row = await tx.appUser.findUnique({ where: { email }, include: WITH_MEMBERSHIPS });
      if (row === null) return undefined;
      return { person: personOf(row, await isSsoEverywhere(tx)), passwordHash: row.passwordHash };
    });
  }

  /** Sets a password; all sessions end in the same transaction. */
  setPassword(userId: UserId, passwordHash: string, by: Actor): Promise<void> {
    const at = this.clock.now();
    return this.scope.forOperator(async (tx) => {
      await tx.appUser.update({ where: { id: userId }, data: { passwordHash, updatedAt: dateOf(at) } });
      await tx.session.deleteMany({ where: { userId } });
      await writeAudit(tx, {
        whose: OPERATOR,
        actor: by,
        at,
        action: 'user.password_changed',
        subjectId: userId,
        changes: {},
      });
    });
  }
}
