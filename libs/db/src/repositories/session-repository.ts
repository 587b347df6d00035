import {
  satisfiesSso,
  type IdentityProviderId,
  type Instant,
  type SessionId,
  type TenantId,
  type UserId,
} from '#domain';
import { newId, type Clock } from '#platform';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { dateOf } from './times.js';
import {
  personOf,
  sessionOf,
  WITH_MEMBERSHIPS,
  WITH_PROVIDER,
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
  /** Who answered for them. */
  providerId?: IdentityProviderId;
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
        include: WITH_PROVIDER,
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
        include: { ...WITH_PROVIDER, user: { include: WITH_MEMBERSHIPS } },
      });
      if (row === null || !isAnswered(row)) return undefined;
      return bounded(sessionOf(row), personOf(row.user, await isSsoEverywhere(tx)));
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

  /** Of these sessions those that have not ended, with what their people are by them. */
  standing(sessionIds: readonly SessionId[]): Promise<Map<SessionId, MembershipRecord[]>> {
    const now = dateOf(this.clock.now());
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.session.findMany({
        where: { id: { in: [...sessionIds] }, expiresAt: { gt: now } },
        include: { ...WITH_PROVIDER, user: { include: WITH_MEMBERSHIPS } },
      });
      const everywhere = await isSsoEverywhere(tx);
      return new Map(
        rows.filter(isAnswered).map((row) => {
          const { session, person } = bounded(sessionOf(row), personOf(row.user, everywhere));
          const open = person.memberships.filter(({ requiresSso, tenantId }) =>
            satisfiesSso(requiresSso, tenantId, session),
          );
          return [session.id, open];
        }),
      );
    });
  }

  /** Newest first. @param within  only those of this tenant's providers; null for all */
  listOf(userId: UserId, within: TenantId | null = null): Promise<SessionRecord[]> {
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.session.findMany({
        where: { userId, ...ofProviders(within) },
        include: WITH_PROVIDER,
        orderBy: { id: 'desc' },
        take: 200,
      });
      return rows.map(sessionOf);
    });
  }

  /** @returns false when the person has no such session */
  end(userId: UserId, sessionId: SessionId, within: TenantId | null = null): Promise<boolean> {
    return this.scope.forOperator(async (tx) => {
      const { count } = await tx.session.deleteMany({
        where: { id: sessionId, userId, ...ofProviders(within) },
      });
      return count > 0;
    });
  }

  /** @param keep  a session that does not end; null to end all */
  endAll(userId: UserId, keep: SessionId | null, within: TenantId | null = null): Promise<void> {
    return this.scope.forOperator(async (tx) => {
      const others = keep === null ? {} : { id: { not: keep } };
      await tx.session.deleteMany({ where: { userId, ...others, ...ofProviders(within) } });
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

/** A tenant's provider says who somebody is to that tenant; to others, and to the installation, they are nobody by it. */
function bounded(session: SessionRecord, person: PersonRecord): SignedIn {
  const { tenantId: within } = session;
  if (within === null) return { session, person };
  return {
    session,
    person: { ...person, memberships: person.memberships.filter((one) => one.tenantId === within) },
  };
}

/** Whether the provider that answered for it, if one did, still does. */
function isAnswered({
  createdAt,
  provider,
}: {
  createdAt: Date;
  provider: { enabled: boolean; answersSince: Date } | null;
}): boolean {
  return provider === null || (provider.enabled && provider.answersSince <= createdAt);
}

function ofProviders(within: TenantId | null) {
  return within === null ? {} : { provider: { tenantId: within } };
}

/** Whether the installation lets members of all tenants in only by single sign-on. */
export async function isSsoEverywhere(tx: Tx): Promise<boolean> {
  return (await tx.identityProvider.count({ where: { tenantId: null, enabled: true, enforced: true } })) > 0;
}
