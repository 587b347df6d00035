import { numberKey, type Actor, type Instant, type TenantId } from '#domain';
import type { Clock } from '#platform';
import { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { blockNumbers } from './block-numbers.js';
import { pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf } from './times.js';

export interface BlockedNumber {
  /** E.164, under the form that stands for all forms of the number. */
  phone: string;
  name: string | null;
  /** By which way it came: `api`, `voicenter` and so on. */
  source: string;
  createdAt: Instant;
}

/** Numbers that nobody of a tenant may be connected to. */
export class DoNotCallRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** What is on it already stays as it is. @param numbers  E.164. @returns how many are new */
  add(
    tenant: TenantId,
    numbers: readonly { e164: string; name: string | null }[],
    source: string,
    by: Actor,
  ): Promise<number> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, (tx) => blockNumbers(tx, tenant, numbers, { source, by, at }));
  }

  /**
   * Keeps what a public registry said of numbers; an answer that is older than the one kept is dropped. Leads that wait for it are
   * judged anew.
   *
   * @param numbers  E.164
   */
  answered(
    tenant: TenantId,
    numbers: readonly string[],
    { listed, askedAt }: { listed: boolean; askedAt: Instant },
    by: Actor,
  ): Promise<void> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const keys = [...new Set(numbers.map(numberKey))].sort();
      await tx.$executeRaw`
        INSERT INTO registry_check AS r (tenant_id, phone, listed, asked_at)
        SELECT ${tenant}::uuid, n.phone, ${listed}, ${dateOf(askedAt)}::timestamptz FROM unnest(${keys}::text[]) AS n(phone)
        ON CONFLICT (tenant_id, phone) DO UPDATE SET listed = EXCLUDED.listed, asked_at = EXCLUDED.asked_at
          WHERE r.asked_at <= EXCLUDED.asked_at`;
      const leads = await tx.$queryRaw<{ campaignId: string }[]>`
        UPDATE campaign_lead SET next_at = coalesce(retry_at, ${dateOf(at)}::timestamptz), gate = NULL, reason = NULL
        WHERE tenant_id = ${tenant}::uuid AND key = ANY(${keys}::text[]) AND state = 'waiting' AND gate = 'do_not_call'
        RETURNING campaign_id AS "campaignId"`;
      await tx.campaign.updateMany({
        where: { id: { in: [...new Set(leads.map(({ campaignId }) => campaignId))] }, tenantId: tenant },
        data: { dueAt: dateOf(at) },
      });
      const changes = { numbers: { from: null, to: keys.length }, listed: { from: null, to: listed } };
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'do_not_call.asked',
        subjectId: tenant,
        changes,
      });
    });
  }

  /** @param numbers  E.164. @returns those that were on it, as they were kept */
  remove(tenant: TenantId, numbers: readonly string[], by: Actor): Promise<string[]> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const keys = numbers.map(numberKey);
      const rows = await tx.$queryRaw<{ phone: string }[]>`
        DELETE FROM do_not_call WHERE tenant_id = ${tenant}::uuid AND phone = ANY(${keys}::text[]) RETURNING phone`;
      if (rows.length > 0) {
        const changes = { numbers: { from: rows.length, to: null } };
        const action = 'do_not_call.removed';
        await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: tenant, changes });
      }
      return rows.map(({ phone }) => phone);
    });
  }

  /** Those of the numbers that are on it. @param numbers  E.164 */
  listed(tenant: TenantId, numbers: readonly string[]): Promise<Set<string>> {
    if (numbers.length === 0) return Promise.resolve(new Set<string>());
    return this.scope.forTenant(tenant, async (tx) => {
      const keys = [...new Set(numbers.map(numberKey))];
      const rows = await tx.$queryRaw<{ phone: string }[]>`
        SELECT phone FROM do_not_call WHERE tenant_id = ${tenant}::uuid AND phone = ANY(${keys}::text[])`;
      const listed = new Set(rows.map(({ phone }) => phone));
      return new Set(numbers.filter((number) => listed.has(numberKey(number))));
    });
  }

  has(tenant: TenantId, e164: string): Promise<boolean> {
    return this.scope.forTenant(tenant, async (tx) => {
      return (await tx.doNotCall.count({ where: { tenantId: tenant, phone: numberKey(e164) } })) > 0;
    });
  }

  /** In the order of the numbers. @param startsWith  of the E.164 */
  list(tenant: TenantId, startsWith: string | undefined, ask: PageAsk): Promise<Page<BlockedNumber>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const conditions = [Prisma.sql`tenant_id = ${tenant}::uuid`];
      if (ask.after !== null) conditions.push(Prisma.sql`phone > ${ask.after}`);
      if (startsWith !== undefined) conditions.push(Prisma.sql`starts_with(phone, ${startsWith})`);
      const rows = await tx.$queryRaw<(Omit<BlockedNumber, 'createdAt'> & { createdAt: Date })[]>`
        SELECT phone, name, source, created_at AS "createdAt" FROM do_not_call
        WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY phone LIMIT ${ask.limit + 1}::int`;
      const item = (row: (typeof rows)[number]) => ({ ...row, createdAt: instantOf(row.createdAt) });
      return pageOf(rows, ask.limit, { item, key: (row) => row.phone });
    });
  }
}
