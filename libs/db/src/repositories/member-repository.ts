import { AppError, notFound, type Actor, type AgentId, type Role, type UserId } from '#domain';
import type { Clock } from '#platform';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, writeAudit } from './audit-trail.js';
import { given } from './given.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf } from './times.js';
import { memberOf, type MemberRecord } from './user-record.js';
import { OPERATOR, runFor, tenantColumn, type Whose } from './whose.js';

export interface MemberPatch {
  role?: Role | undefined;
  agentId?: AgentId | null | undefined;
}

/** The people of a tenant, or the operators, as those see them who may invite and remove them. */
export class MemberRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  list(whose: Whose, ask: PageAsk): Promise<Page<MemberRecord>> {
    return runFor(this.scope, whose, async (tx) => {
      const rows = await tx.membership.findMany({
        where: { ...olderThan(ask), tenantId: tenantColumn(whose) },
        include: { user: true },
        ...newestFirst(ask),
      });
      return pageOf(rows, ask.limit, { item: memberOf, key: (row) => row.id });
    });
  }

  get(whose: Whose, userId: UserId): Promise<MemberRecord | undefined> {
    return runFor(this.scope, whose, async (tx) => {
      const where = { userId, tenantId: tenantColumn(whose) };
      const row = await tx.membership.findFirst({ where, include: { user: true } });
      return row === null ? undefined : memberOf(row);
    });
  }

  /** @throws AppError `resource.not_found`; `member.last` where nobody would be left who may invite others */
  patch(whose: Whose, userId: UserId, patch: MemberPatch, by: Actor): Promise<MemberRecord> {
    const at = this.clock.now();
    return runFor(this.scope, whose, async (tx) => {
      const before = await found(tx, whose, userId);
      const fields = given(patch);
      if (fields.agentId != null) await assertAgent(tx, whose, fields.agentId);
      const data = { ...fields, updatedAt: dateOf(at) };
      const row = await tx.membership.update({ where: { id: before.id }, data, include: { user: true } });
      await assertSomebodyLeft(tx, whose, before.role);
      await writeAudit(tx, {
        whose,
        actor: by,
        at,
        action: 'member.changed',
        subjectId: userId,
        changes: differences(before, fields),
      });
      return memberOf(row);
    });
  }

  /** They stay who they are to others. @throws AppError `resource.not_found`, `member.last` */
  remove(whose: Whose, userId: UserId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return runFor(this.scope, whose, async (tx) => {
      const before = await found(tx, whose, userId);
      await tx.membership.delete({ where: { id: before.id } });
      await assertSomebodyLeft(tx, whose, before.role);
      const changes = { role: { from: before.role, to: null } };
      await writeAudit(tx, { whose, actor: by, at, action: 'member.removed', subjectId: userId, changes });
    });
  }
}

async function found(tx: Tx, whose: Whose, userId: UserId) {
  const row = await tx.membership.findFirst({ where: { userId, tenantId: tenantColumn(whose) } });
  if (row === null) throw notFound('member');
  return row;
}

/** @throws AppError `resource.not_found` for an agent that is not the tenant's */
export async function assertAgent(tx: Tx, whose: Whose, agentId: AgentId): Promise<void> {
  const isOurs =
    whose !== OPERATOR && (await tx.agent.count({ where: { id: agentId, tenantId: whose } })) > 0;
  if (!isOurs) throw notFound('agent');
}

/** Those who may invite lock each other out last of all; operators, who could not be invited back by anybody else. */
async function assertSomebodyLeft(tx: Tx, whose: Whose, role: string): Promise<void> {
  if (whose !== OPERATOR || role !== 'operator') return;
  // One at a time, or two operators remove each other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('switchhook.last_operator'))`;
  if ((await tx.membership.count({ where: { tenantId: null } })) > 0) return;
  throw new AppError('conflict', 'member.last', 'This is the last operator: invite another one first.');
}
