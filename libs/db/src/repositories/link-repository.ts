import {
  notFound,
  type Actor,
  type AgentId,
  type Instant,
  type LinkId,
  type LinkKind,
  type Role,
  type UserId,
} from '#domain';
import { newId, type Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { made, writeAudit } from './audit-trail.js';
import { join, linkInvalid, openLink, userOf, type LinkUse } from './link-steps.js';
import { assertAgent } from './member-repository.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf } from './times.js';
import {
  linkOf,
  personOf,
  WITH_MEMBERSHIPS,
  WITH_TENANT,
  type LinkRecord,
  type PersonRecord,
} from './user-record.js';
import { runFor, tenantColumn, type Whose } from './whose.js';

export interface NewLink {
  kind: LinkKind;
  /** SHA-256 of the token. */
  hash: Uint8Array;
  expiresAt: Instant;
  email?: string;
  role?: Role;
  agentId?: AgentId | null;
  userId?: UserId;
}

/** Links that let somebody in once: invitations of a tenant or of the installation, resets, the first start's. */
export class LinkRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** @throws AppError `resource.not_found` for an agent that is not the tenant's */
  create(whose: Whose, draft: NewLink, by: Actor): Promise<LinkRecord> {
    const at = this.clock.now();
    const linkId = newId<LinkId>();
    return runFor(this.scope, whose, async (tx) => {
      const { kind, hash, expiresAt, email, role, agentId, userId } = draft;
      if (agentId != null) await assertAgent(tx, whose, agentId);
      const row = await tx.oneTimeLink.create({
        data: {
          id: linkId,
          kind,
          hash: Buffer.from(hash),
          tenantId: tenantColumn(whose),
          email: email ?? null,
          role: role ?? null,
          agentId: agentId ?? null,
          userId: userId ?? null,
          createdBy: by.id,
          createdAt: dateOf(at),
          expiresAt: dateOf(expiresAt),
        },
        include: WITH_TENANT,
      });
      const changes = made({ email: email ?? null, role: role ?? null, userId: userId ?? null, expiresAt });
      await writeAudit(tx, { whose, actor: by, at, action: `${kind}.created`, subjectId: linkId, changes });
      return linkOf(row);
    });
  }

  /** Invitations that nobody has taken yet and that still work. */
  invitations(whose: Whose, ask: PageAsk): Promise<Page<LinkRecord>> {
    const now = dateOf(this.clock.now());
    return runFor(this.scope, whose, async (tx) => {
      const open = { kind: 'invitation', usedAt: null, expiresAt: { gt: now } };
      const rows = await tx.oneTimeLink.findMany({
        where: { ...olderThan(ask), ...open, tenantId: tenantColumn(whose) },
        include: WITH_TENANT,
        ...newestFirst(ask),
      });
      return pageOf(rows, ask.limit, { item: linkOf, key: (row) => row.id });
    });
  }

  /** @throws AppError `resource.not_found` */
  withdraw(whose: Whose, linkId: LinkId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return runFor(this.scope, whose, async (tx) => {
      const where = { id: linkId, kind: 'invitation', usedAt: null, tenantId: tenantColumn(whose) };
      if ((await tx.oneTimeLink.deleteMany({ where })).count === 0) throw notFound('invitation');
      const action = 'invitation.withdrawn';
      await writeAudit(tx, { whose, actor: by, at, action, subjectId: linkId, changes: {} });
    });
  }

  /** Operator level: the link if it still works. */
  byHash(hash: Uint8Array): Promise<LinkRecord | undefined> {
    return this.scope.forOperator((tx) => openLink(tx, hash, this.clock.now()));
  }

  /** Operator level: whether anybody is an operator already. */
  operatorExists(): Promise<boolean> {
    return this.scope.forOperator(
      async (tx) => (await tx.membership.count({ where: { tenantId: null } })) > 0,
    );
  }

  /**
   * Operator level: uses a link up. Somebody who is new is made, gets the membership of an invitation or becomes the first
   * operator; a new password ends all sessions of theirs.
   *
   * @throws AppError 404 `link.invalid` when somebody was faster; `setup.done` when there is an operator already
   */
  use(use: LinkUse): Promise<PersonRecord> {
    const at = this.clock.now();
    return this.scope.forOperator(async (tx) => {
      const link = await openLink(tx, use.hash, at);
      if (link === undefined) throw linkInvalid();
      const { count } = await tx.oneTimeLink.updateMany({
        where: { id: link.id, usedAt: null },
        data: { usedAt: dateOf(at) },
      });
      if (count === 0) throw linkInvalid();
      const userId = await userOf(tx, link, use, at);
      await join(tx, link, userId, at);
      const row = await tx.appUser.findUniqueOrThrow({ where: { id: userId }, include: WITH_MEMBERSHIPS });
      return personOf(row);
    });
  }
}
