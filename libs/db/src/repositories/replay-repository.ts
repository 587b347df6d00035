import {
  AppError,
  notFound,
  whoIsReplayed,
  type EndpointFilter,
  type EndpointId,
  type ReplayFilter,
  type ReplayId,
  type TenantId,
  type Actor,
} from '#domain';
import { matchesPayload, newId, type Clock } from '#platform';
import type { Prisma } from '../generated/client.js';
import { eventsForReplay } from '../hot/replay-sql.js';
import { replayEventOf, replayEventsAsk, type ReplayEvent } from '../hot/replay-store.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import {
  replayOf,
  type ReplayKind,
  type ReplayProgress,
  type ReplayRecord,
  type ReplayState,
} from './replay-record.js';
import { dateOf } from './times.js';

/** Events looked at by one transaction while counting. */
const COUNT_BATCH = 2_000;

export interface ReplayDraft {
  kind: Exclude<ReplayKind, 'held'>;
  filter: ReplayFilter;
  ratePerMinute: number;
  counted: ReplayCount;
}

/** How many deliveries a replay would make; at least so many where counting was broken off. */
export interface ReplayCount {
  total: number;
  exact: boolean;
}

/** Replays: counted beforehand, ordered, watched, cancelled. The forwarder carries them out. */
export class ReplayRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * Looks at the events that a filter names, batch by batch, each in a transaction of its own.
   *
   * @param mostMs  counting is broken off after this time
   */
  async count(tenant: TenantId, filter: ReplayFilter, mostMs: number): Promise<ReplayCount> {
    const startedAt = this.clock.now();
    let total = 0;
    for (let after: string | null = null; ;) {
      const place: string | null = after;
      const { events, owed }: CountedBatch = await this.scope.forTenant(tenant, (tx) =>
        countBatch(tx, tenant, filter, place),
      );
      total += owed;
      after = events.at(-1)?.id ?? null;
      if (events.length < COUNT_BATCH) return { total, exact: true };
      if (this.clock.now() - startedAt > mostMs) return { total, exact: false };
    }
  }

  /** @throws AppError `resource.not_found` when one of the endpoints is nobody's or somebody else's */
  create(tenant: TenantId, draft: ReplayDraft, by: Actor): Promise<ReplayRecord> {
    const at = this.clock.now();
    const { kind, filter, ratePerMinute, counted } = draft;
    const { endpointIds } = filter;
    return this.scope.forTenant(tenant, async (tx) => {
      await assertEndpoints(tx, tenant, endpointIds);
      const row = await tx.replay.create({
        data: {
          id: newId<ReplayId>(),
          tenantId: tenant,
          endpointId: endpointIds.length === 1 ? (endpointIds[0] ?? null) : null,
          kind,
          filter: filter as unknown as Prisma.InputJsonObject,
          ratePerMinute,
          state: 'running',
          total: counted.total,
          totalExact: counted.exact,
          createdBy: by.id,
          createdAt: dateOf(at),
          updatedAt: dateOf(at),
        },
      });
      const changes = made({ kind, ratePerMinute, ...filter, total: counted.total });
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'replay.created',
        subjectId: row.id,
        changes,
      });
      return replayOf(row);
    });
  }

  list(
    tenant: TenantId,
    filter: { state?: ReplayState | undefined; endpointId?: EndpointId | undefined },
    ask: PageAsk,
  ): Promise<Page<ReplayRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { ...given(filter), ...olderThan(ask), tenantId: tenant };
      const rows = await tx.replay.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: replayOf, key: (row) => row.id });
    });
  }

  /** Undefined when there is no such replay. */
  get(tenant: TenantId, replayId: ReplayId): Promise<(ReplayRecord & ReplayProgress) | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.replay.findFirst({ where: { id: replayId, tenantId: tenant } });
      return row === null ? undefined : { ...replayOf(row), ...(await progressOf(tx, tenant, replayId)) };
    });
  }

  /**
   * No more deliveries are made from now on; those that nobody tried yet are skipped by the forwarder.
   *
   * @throws AppError `resource.not_found`; `replay.not_cancellable` when it is cancelled, or releases what an endpoint was
   *   owed: whoever wants that to stop disables the endpoint
   */
  cancel(tenant: TenantId, replayId: ReplayId, by: Actor): Promise<ReplayRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if (!(await lockRow(tx, 'replay', tenant, replayId))) throw notFound('replay');
      const before = await tx.replay.findUniqueOrThrow({ where: { id: replayId, tenantId: tenant } });
      if (before.kind === 'held' || before.state.startsWith('cancel')) throw notCancellable(before);
      const row = await tx.replay.update({
        where: { id: replayId, tenantId: tenant },
        data: { state: 'cancelling', finishedAt: null, updatedAt: dateOf(at) },
      });
      const changes = differences(before, { state: 'cancelling' });
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'replay.cancelled',
        subjectId: replayId,
        changes,
      });
      return replayOf(row);
    });
  }
}

async function countBatch(
  tx: Tx,
  tenant: TenantId,
  filter: ReplayFilter,
  after: string | null,
): Promise<CountedBatch> {
  await assertEndpoints(tx, tenant, filter.endpointIds);
  const endpoints = await tx.endpoint.findMany({
    select: { id: true, eventTypes: true, filter: true },
    where: { tenantId: tenant },
  });
  const rows = await tx.$queryRawUnsafe<Record<string, unknown>[]>(
    eventsForReplay({
      ofOneCall: filter.callId !== null,
      withData: endpoints.some((endpoint) => endpoint.filter !== null),
    }),
    ...replayEventsAsk(tenant, filter, { after, most: COUNT_BATCH }),
  );
  const events = rows.map(replayEventOf);
  const candidates = endpoints.map((endpoint) => ({
    ...endpoint,
    id: endpoint.id as EndpointId,
    filter: endpoint.filter as EndpointFilter | null,
  }));
  const owed = events.reduce(
    (sum, event) => sum + whoIsReplayed(event, candidates, filter, matchesPayload).length,
    0,
  );
  return { events, owed };
}

interface CountedBatch {
  events: ReplayEvent[];
  owed: number;
}

async function assertEndpoints(tx: Tx, tenant: TenantId, endpointIds: readonly EndpointId[]): Promise<void> {
  const wanted = new Set(endpointIds);
  if (wanted.size === 0) return;
  const known = await tx.endpoint.count({ where: { id: { in: [...wanted] }, tenantId: tenant } });
  if (known < wanted.size) throw notFound('endpoint');
}

async function progressOf(tx: Tx, tenant: TenantId, replayId: ReplayId): Promise<ReplayProgress> {
  const groups = await tx.delivery.groupBy({
    by: ['state'],
    where: { replayId, tenantId: tenant },
    _count: { _all: true },
  });
  const counts = new Map(groups.map(({ state, _count }) => [state, _count._all]));
  const of = (state: string) => counts.get(state) ?? 0;
  return {
    delivered: of('delivered'),
    dead: of('dead'),
    skipped: of('skipped'),
    waiting: of('due') + of('held'),
  };
}

function notCancellable({ kind, state }: { kind: string; state: string }): AppError {
  const why =
    kind === 'held'
      ? 'It releases what an endpoint was owed: disable the endpoint instead.'
      : `It is ${state}.`;
  return new AppError('conflict', 'replay.not_cancellable', `The replay cannot be cancelled. ${why}`);
}
