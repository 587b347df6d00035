import type { Actor, Instant, SessionId, UserId } from '#domain';
import type { Clock } from '#platform';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { dateOf, instantOf } from './times.js';
import { OPERATOR } from './whose.js';

/** What an app and its owner share. */
export interface SecondFactor {
  /** Sealed, see `sealedFor.totp`. */
  sealed: string;
  /** False until its first code came. */
  isOn: boolean;
}

/** Second factors of people. They belong to no tenant, so all of this is at operator level. */
export class SecondFactorRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  of(userId: UserId): Promise<SecondFactor | undefined> {
    return this.scope.forOperator(async (tx) => {
      const row = await tx.appUser.findUnique({ where: { id: userId } });
      if (row === null || row.sealedTotp === null) return undefined;
      return { sealed: row.sealedTotp, isOn: row.totpSince !== null };
    });
  }

  /** Keeps a secret that counts when its first code comes. @returns false when one counts already */
  begin(userId: UserId, sealedTotp: string): Promise<boolean> {
    return this.scope.forOperator(async (tx) => {
      const where = { id: userId, totpSince: null };
      return (await tx.appUser.updateMany({ where, data: { sealedTotp, totpLastStep: 0 } })).count === 1;
    });
  }

  /** Its first code came: from now on each sign-in wants one. The session that told it has it already; all others end. */
  switchOn(userId: UserId, recoveryHashes: readonly Uint8Array[], keep: SessionId): Promise<void> {
    const at = dateOf(this.clock.now());
    return this.scope.forOperator(async (tx) => {
      const hashes = recoveryHashes.map((hash) => Buffer.from(hash));
      await tx.appUser.update({ where: { id: userId }, data: { totpSince: at, recoveryHashes: hashes } });
      await tx.session.deleteMany({ where: { userId, id: { not: keep } } });
      await tell(tx, {
        userId,
        action: 'user.totp_on',
        actor: { kind: 'user', id: userId },
        at: instantOf(at),
      });
    });
  }

  /** All sessions end. */
  switchOff(userId: UserId, by: Actor): Promise<void> {
    return this.scope.forOperator(async (tx) => {
      const data = { sealedTotp: null, totpSince: null, totpLastStep: 0, recoveryHashes: [] };
      await tx.appUser.update({ where: { id: userId }, data });
      await tx.session.deleteMany({ where: { userId } });
      await tell(tx, { userId, action: 'user.totp_off', actor: by, at: this.clock.now() });
    });
  }

  /** Takes a code by its step. @returns false when that one or a later one was taken already */
  takeStep(userId: UserId, step: number): Promise<boolean> {
    return this.scope.forOperator(async (tx) => {
      const where = { id: userId, totpLastStep: { lt: step } };
      return (await tx.appUser.updateMany({ where, data: { totpLastStep: step } })).count === 1;
    });
  }

  /** Takes a recovery code. @returns false when there is no such one, or it was taken */
  takeRecovery(userId: UserId, hash: Uint8Array): Promise<boolean> {
    return this.scope.forOperator(async (tx) => {
      const bytes = Buffer.from(hash);
      const count = await tx.$executeRaw`
        UPDATE app_user SET recovery_hashes = array_remove(recovery_hashes, ${bytes})
        WHERE id = ${userId}::uuid AND ${bytes} = ANY(recovery_hashes)`;
      return count === 1;
    });
  }
}

interface Told {
  userId: UserId;
  action: string;
  actor: Actor;
  at: Instant;
}

async function tell(tx: Tx, { userId, ...told }: Told): Promise<void> {
  await writeAudit(tx, { whose: OPERATOR, subjectId: userId, changes: {}, ...told });
}
