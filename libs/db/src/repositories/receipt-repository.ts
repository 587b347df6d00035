import { AppError, notFound, type ConnectionId, type ReceiptId, type TenantId } from '#domain';
import type { Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { differences, writeAudit, type Actor } from './audit-trail.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { RECEIPT_META, receiptOf, type ReceiptRecord, type ReceiptState } from './receipt-record.js';

export interface ReceiptFilter {
  states: readonly ReceiptState[];
  connectionId?: ConnectionId | undefined;
}

/** Inbound webhooks exactly as they came. Ingress keeps them; here they are looked at and replayed. */
export class ReceiptRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  list(tenant: TenantId, { states, ...filter }: ReceiptFilter, ask: PageAsk): Promise<Page<ReceiptRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.receipt.findMany({
        select: RECEIPT_META,
        where: { ...given(filter), ...olderThan(ask), tenantId: tenant, state: { in: [...states] } },
        ...newestFirst(ask),
      });
      return pageOf(rows, ask.limit, { item: receiptOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, receiptId: ReceiptId): Promise<ReceiptRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.receipt.findFirst({
        select: RECEIPT_META,
        where: { id: receiptId, tenantId: tenant },
      });
      return row === null ? undefined : receiptOf(row);
    });
  }

  /** The body's bytes, and what its sender called them. */
  body(
    tenant: TenantId,
    receiptId: ReceiptId,
  ): Promise<{ body: Uint8Array; contentType: string | undefined } | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { id: receiptId, tenantId: tenant };
      const row = await tx.receipt.findFirst({ select: { body: true, headers: true }, where });
      if (row === null) return undefined;
      const contentType = (row.headers as Record<string, unknown>)['content-type'];
      return { body: row.body, contentType: typeof contentType === 'string' ? contentType : undefined };
    });
  }

  /**
   * Gives the receipt to the enricher once more. What was told of it before is not told twice.
   *
   * @returns the connection whose mailbox it lies in
   * @throws AppError `resource.not_found`; `receipt.already_due`; `connection.deleted` when nothing says how to read it
   */
  replay(tenant: TenantId, receiptId: ReceiptId, by: Actor): Promise<ConnectionId> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if (!(await lockRow(tx, 'receipt', tenant, receiptId))) throw notFound('receipt');
      const where = { id: receiptId, tenantId: tenant };
      const before = receiptOf(await tx.receipt.findUniqueOrThrow({ select: RECEIPT_META, where }));
      if (before.state === 'due') throw alreadyDue();
      if ((await tx.connection.count({ where: { id: before.connectionId, tenantId: tenant } })) === 0) {
        throw connectionDeleted();
      }
      const after = { state: 'due', reason: null, tries: 0 };
      await tx.receipt.update({ select: { id: true }, where, data: after });
      const changes = differences(before, after);
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'receipt.replayed',
        subjectId: receiptId,
        changes,
      });
      return before.connectionId;
    });
  }
}

function alreadyDue(): AppError {
  return new AppError(
    'conflict',
    'receipt.already_due',
    'The receipt is due already: wait until it was worked on.',
  );
}

function connectionDeleted(): AppError {
  return new AppError('conflict', 'connection.deleted', 'The connection of this receipt was deleted.');
}
