import { AppError, notFound, type Actor, type ErasureId, type Instant, type TenantId } from '#domain';
import { newId, type Clock } from '#platform';
import type { ErasureKeep, ErasureState } from '../erasure/erasure-store.js';
import type { Prisma } from '../generated/client.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { erasureOf, type ErasureRecord } from './erasure-record.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf } from './times.js';

/** Each reads all that a tenant has. */
const MOST_OPEN = 20;
const OPEN: ErasureState[] = ['counting', 'counted', 'telling', 'erasing'];

/** From which states an order can be given. */
const MAY: Record<'start' | 'cancel', readonly ErasureState[]> = {
  start: ['counted', 'failed'],
  cancel: ['counting', 'counted', 'telling', 'failed'],
};

export interface ErasureDraft {
  /** E.164. */
  number: string;
  /** Under the installation's key; under any of its keys, the current one first. */
  hashes: readonly Uint8Array[];
  lastDigits: string;
  keep: ErasureKeep;
  force: boolean;
  dryRun: boolean;
  /** For what is owed and for calls that go on. */
  waitMinutes: number;
}

/** Numbers of which everything is to be deleted or masked: ordered, watched, cancelled. The forwarder carries it out. */
export class ErasureRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Has it counted what there is. @throws AppError `erasure.too_many`, `erasure.under_way` */
  create(tenant: TenantId, draft: ErasureDraft, by: Actor): Promise<ErasureRecord> {
    const at = this.clock.now();
    const { number, hashes, lastDigits, keep, force, dryRun, waitMinutes } = draft;
    const [hash = new Uint8Array()] = hashes;
    return this.scope.forTenant(tenant, async (tx) => {
      // Of two that ask for the same number at once, one comes first.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${tenant}, 7315004))`;
      const open = { tenantId: tenant, state: { in: OPEN } };
      if ((await tx.erasure.count({ where: open })) >= MOST_OPEN) throw tooMany();
      const same = await tx.erasure.findFirst({
        where: { ...open, numberHash: { in: hashes.map(bytesOf) } },
      });
      if (same) throw underWay(same.id);
      const row = await tx.erasure.create({
        data: {
          id: newId<ErasureId>(),
          tenantId: tenant,
          state: 'counting',
          number,
          numberHash: bytesOf(hash),
          ...{ lastDigits, keep, force, dryRun, waitMinutes },
          createdBy: by.id,
          createdByKind: by.kind,
          createdAt: dateOf(at),
          updatedAt: dateOf(at),
        },
      });
      const changes = made({ lastDigits, keep, force, dryRun });
      const action = 'erasure.created';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: row.id, changes });
      return erasureOf(row);
    });
  }

  /** @param filter  `hashes`: of one number, under each key */
  list(
    tenant: TenantId,
    { state, hashes }: { state?: ErasureState | undefined; hashes?: readonly Uint8Array[] | undefined },
    ask: PageAsk,
  ): Promise<Page<ErasureRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const ofNumber = hashes && { numberHash: { in: hashes.map(bytesOf) } };
      const where = { ...given({ state }), ...ofNumber, ...olderThan(ask), tenantId: tenant };
      const rows = await tx.erasure.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: erasureOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, erasureId: ErasureId): Promise<ErasureRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.erasure.findFirst({ where: { id: erasureId, tenantId: tenant } });
      return row === null ? undefined : erasureOf(row);
    });
  }

  /** @throws AppError `resource.not_found`, `erasure.not_now` */
  start(
    tenant: TenantId,
    erasureId: ErasureId,
    change: { force?: boolean | undefined; keep?: ErasureKeep | undefined },
    by: Actor,
  ): Promise<ErasureRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, erasureId);
      const waitUntil = new Date(at + before.waitMinutes * 60_000);
      const data = {
        ...given(change),
        state: 'telling',
        waitUntil,
        place: {},
        reason: null,
        finishedAt: null,
      } as const;
      return order(tx, before, { tenant, at, by }, { what: 'start', action: 'erasure.started', data });
    });
  }

  /** Nothing was deleted. Its number is forgotten. @throws AppError `resource.not_found`, `erasure.not_now` */
  cancel(tenant: TenantId, erasureId: ErasureId, by: Actor): Promise<ErasureRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, erasureId);
      const data = {
        state: 'cancelled',
        finishedAt: dateOf(at),
        number: null,
        report: {},
        place: {},
      } as const;
      const what = { what: 'cancel', action: 'erasure.cancelled', data } as const;
      const cancelled = await order(tx, before, { tenant, at, by }, what);
      await tx.erasureTrace.deleteMany({ where: { erasureId, tenantId: tenant } });
      // Addresses of recordings may name the number.
      await tx.$executeRaw`UPDATE erasure SET preview = NULL WHERE id = ${erasureId}::uuid AND tenant_id = ${tenant}::uuid`;
      return { ...cancelled, preview: null };
    });
  }
}

interface Order {
  what: keyof typeof MAY;
  action: string;
  data: Prisma.ErasureUncheckedUpdateInput & { state: ErasureState };
}

/** @param before  locked */
async function order(
  tx: Tx,
  before: ErasureRecord,
  { tenant, at, by }: { tenant: TenantId; at: Instant; by: Actor },
  { what, action, data }: Order,
): Promise<ErasureRecord> {
  if (!MAY[what].includes(before.state)) throw notNow(what, before.state);
  const row = await tx.erasure.update({
    where: { id: before.id, tenantId: tenant },
    data: { ...data, updatedAt: dateOf(at) },
  });
  const { state, keep, force } = erasureOf(row);
  const changes = differences(before, { state, keep, force });
  await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: before.id, changes });
  return erasureOf(row);
}

/** @throws AppError `resource.not_found` */
async function findLocked(tx: Tx, tenant: TenantId, erasureId: ErasureId): Promise<ErasureRecord> {
  if (!(await lockRow(tx, 'erasure', tenant, erasureId))) throw notFound('erasure');
  return erasureOf(await tx.erasure.findUniqueOrThrow({ where: { id: erasureId, tenantId: tenant } }));
}

function bytesOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function tooMany(): AppError {
  const message = `There are ${String(MOST_OPEN)} erasures that are not over: wait for some of them, or cancel them.`;
  return new AppError('conflict', 'erasure.too_many', message);
}

function underWay(erasureId: string): AppError {
  const message = `The number is being erased already: start or cancel that erasure.`;
  return new AppError('conflict', 'erasure.under_way', message, { details: { id: erasureId } });
}

function notNow(what: keyof typeof MAY, state: ErasureState): AppError {
  const words = { start: 'started', cancel: 'cancelled' }[what];
  const message = `This erasure is ${state}; it can be ${words} when it is ${MAY[what].join(' or ')}.`;
  return new AppError('conflict', 'erasure.not_now', message, { details: { state } });
}
