import { numberKey, type Actor, type Instant, type TenantId } from '#domain';
import type { Clock } from '#platform';
import { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { blockNumbers } from './block-numbers.js';
import { pageOf, type Page, type PageAsk } from './page.js';
import { instantOf } from './times.js';

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
