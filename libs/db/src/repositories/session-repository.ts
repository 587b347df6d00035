import type { Instant, SessionId, UserId } from '#domain';
import { newId, type Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { dateOf } from './times.js';
import {
  personOf,
  sessionOf,
  WITH_MEMBERSHIPS,
  type MembershipRecord,
  type PersonRecord,
  type SessionMethod,
  type SessionRecord,
} from './user-record.js';

export interface NewSession {
  userId: UserId;
  /** SHA-256 of the cookie's token. */
  hash: Uint8Array;
  method: SessionMethod;
  secondFactor: boolean;
  expiresAt: Instant;
  address: string | null;
  userAgent: string | null;
}

/** A session and whose it is. */
export interface SignedIn {
  session: SessionRecord;
  person: PersonRecord;
}

/** Browsers that people signed in with. They belong to people and not to tenants: all of this is at operator level. */
export class SessionRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  create(draft: NewSession): Promise<SessionRecord> {
    const at = dateOf(this.clock.now());
    const { hash, expiresAt, ...rest } = draft;
    return this.scope.forOperator(async (tx) => {
      const times = { createdAt: at, lastSeenAt: at, expiresAt: dateOf(expiresAt) };
      const row = await tx.session.create({
        data: { id: newId(), hash: Buffer.from(hash), ...rest, ...times },
      });
      await tx.appUser.update({ where: { id: draft.userId }, data: { lastSignInAt: at } });
      return sessionOf(row);
    });
  }

  /** Also one that has run out, so that the caller can say so. */
  byHash(hash: Uint8Array): Promise<SignedIn | undefined> {
    return this.scope.forOperator(async (tx) => {
      const row = await tx.session.findUnique({
        where: { hash: Buffer.from(hash) },
        include: { user: { include: WITH_MEMBERSHIPS } },
      });
      return row === null ? undefined : { session: sessionOf(row), person: personOf(row.user) };
    });
  }

  /** The hashes of all sessions, to tell tokens from guesses without asking for each. */
  hashes(): Promise<Uint8Array[]> {
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.session.findMany({ select: { hash: true } });
      return rows.map(({ hash }) => hash);
    });
  }

  /** Notes that a session is used. Several processes may do it at once; one of them writes. */
  touch(sessionId: SessionId, everyMs: number): Promise<void> {
    const at = this.clock.now();
    return this.scope.forOperator(async (tx) => {
      const where = { id: sessionId, lastSeenAt: { lt: new Date(at - everyMs) } };
      await tx.session.updateMany({ where, data: { lastSeenAt: dateOf(at) } });
    });
  }

  /** Of these sessions those that have not ended, with what their people are. */
  standing(sessionIds: readonly SessionId[]): Promise<Map<SessionId, MembershipRecord[]>> {
    const now = dateOf(this.clock.now());
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.session.findMany({
        where: { id: { in: [...sessionIds] }, expiresAt: { gt: now } },
        include: { user: { include: WITH_MEMBERSHIPS } },
      });
      return new Map(rows.map((row) => [sessionOf(row).id, personOf(row.user).memberships]));
    });
  }

  /** Newest first. */
  listOf(userId: UserId): Promise<SessionRecord[]> {
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.session.findMany({ where: { userId }, orderBy: { id: 'desc' }, take: 200 });
      return rows.map(sessionOf);
    });
  }

  /** @returns false when the person has no such session */
  end(userId: UserId, sessionId: SessionId): Promise<boolean> {
    return this.scope.forOperator(async (tx) => {
      const { count } = await tx.session.deleteMany({ where: { id: sessionId, userId } });
      return count > 0;
    });
  }

  /** @param keep  a session that does not end; null to end all */
  endAll(userId: UserId, keep: SessionId | null): Promise<void> {
    return this.scope.forOperator(async (tx) => {
      await tx.session.deleteMany({ where: { userId, ...(keep === null ? {} : { id: { not: keep } }) } });
    });
  }

  /** Drops what nobody can use any more. @returns how many */
  forgetBefore(lastSeenBefore: Instant): Promise<number> {
    const now = dateOf(this.clock.now());
    return this.scope.forOperator(async (tx) => {
      const where = { OR: [{ expiresAt: { lt: now } }, { lastSeenAt: { lt: dateOf(lastSeenBefore) } }] };
      return (await tx.session.deleteMany({ where })).count;
    });
  }
}
