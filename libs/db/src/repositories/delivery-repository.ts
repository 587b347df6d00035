import {
  AppError,
  notFound,
  type CallId,
  type DeliveryId,
  type EndpointId,
  type Instant,
  type ReplayId,
  type TenantId,
  type Actor,
} from '#domain';
import type { Clock } from '#platform';
import { uuidFloor } from '../maintenance/partitions.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, writeAudit } from './audit-trail.js';
import {
  attemptOf,
  deliveryOf,
  type AttemptRecord,
  type DeliveryRow,
  type DeliveryState,
} from './delivery-record.js';
import { isSentTo } from './endpoint-record.js';
import { endpointDisabled } from './endpoint-steps.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, pageOf, type Page, type PageAsk } from './page.js';
import { spellingsOf } from './spellings-of.js';
import { dateOf, instantOrNull } from './times.js';

export interface DeliveryFilter {
  endpointId?: EndpointId | undefined;
  callId?: CallId | undefined;
  state?: DeliveryState | undefined;
  eventType?: string | undefined;
  replayId?: ReplayId | undefined;
  /** The party outside, in any spelling that the tenant's connections read. */
  number?: string | undefined;
  /** HTTP status of the last try. */
  status?: number | undefined;
  /** When the delivery was made, from inclusive, to exclusive. */
  from?: Instant | undefined;
  to?: Instant | undefined;
}

export interface DeliveryDetail extends DeliveryRow {
  /** The event's data, as it is sent. */
  payload: unknown;
  /** When the event happened; null when it is not kept any more. */
  occurredAt: Instant | null;
  /** First try first. */
  attempts: AttemptRecord[];
}

/** Deliveries of one number are looked for among so many of its calls. */
const MOST_CALLS = 1_000;
/** A delivery with its whole schedule before it. */
const UNTRIED = { attemptCount: 0, refusals: 0, tries: 0, firstTriedAt: null };
const RETRYABLE: ReadonlySet<string> = new Set<DeliveryState>(['dead', 'held', 'skipped']);

/** Events owed to endpoints. The forwarder works on them; here they are looked at and revived. */
export class DeliveryRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  list(tenant: TenantId, filter: DeliveryFilter, ask: PageAsk): Promise<Page<DeliveryRow>> {
    const { from, to, number, status: lastStatus, ...exact } = filter;
    return this.scope.forTenant(tenant, async (tx) => {
      const calls = number === undefined ? undefined : await latestCallsOf(tx, tenant, number);
      const rows = await tx.delivery.findMany({
        where: {
          ...given({ ...exact, lastStatus }),
          ...(calls && { AND: { callId: { in: calls } } }),
          tenantId: tenant,
          // An id tells when its row was made, and it is what the index and the partitions go by.
          id: {
            ...(ask.after === null ? {} : { lt: ask.after }),
            ...(from === undefined ? {} : { gte: uuidFloor(from) }),
          },
          ...(to === undefined ? {} : { NOT: { id: { gte: uuidFloor(to) } } }),
        },
        ...newestFirst(ask),
      });
      return pageOf(rows, ask.limit, { item: deliveryOf, key: (row) => row.id });
    });
  }

  /** Undefined when there is no such delivery. */
  get(tenant: TenantId, deliveryId: DeliveryId): Promise<DeliveryDetail | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.delivery.findFirst({ where: { id: deliveryId, tenantId: tenant } });
      if (row === null) return undefined;
      const event = await tx.callEvent.findFirst({
        select: { payload: true, occurredAt: true },
        where: { id: row.eventId, tenantId: tenant },
      });
      const attempts = await tx.attempt.findMany({
        where: { deliveryId, tenantId: tenant },
        // Numbers start again when a delivery is retried by hand.
        orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
      });
      return {
        ...deliveryOf(row),
        payload: event?.payload ?? null,
        occurredAt: instantOrNull(event?.occurredAt ?? null),
        attempts: attempts.map(attemptOf),
      };
    });
  }

  /**
   * Makes a dead, held or skipped delivery due now, with the whole retry schedule before it, as a replay's deliveries have
   * it. Its attempts stay; new ones are numbered from 1 again. What its receiver took of several requests is not sent again.
   *
   * @throws AppError `resource.not_found`; `delivery.not_retryable` when it is due or delivered; `endpoint.disabled`,
   *   `endpoint.deleted` when there is nobody to deliver to
   */
  retry(tenant: TenantId, deliveryId: DeliveryId, by: Actor): Promise<DeliveryRow> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if (!(await lockRow(tx, 'delivery', tenant, deliveryId))) throw notFound('delivery');
      const before = await tx.delivery.findUniqueOrThrow({ where: { id: deliveryId, tenantId: tenant } });
      if (!RETRYABLE.has(before.state)) throw notRetryable(before.state);
      const endpoint = await tx.endpoint.findFirst({ where: { id: before.endpointId, tenantId: tenant } });
      if (endpoint === null) throw endpointDeleted();
      if (!isSentTo(endpoint)) throw endpointDisabled();
      const row = await tx.delivery.update({
        where: { id: deliveryId, tenantId: tenant },
        data: { ...UNTRIED, state: 'due', dueAt: dateOf(at), reason: null, finishedAt: null },
      });
      const changes = differences(before, { state: 'due', reason: null });
      await writeAudit(tx, {
        whose: tenant,
        actor: by,
        at,
        action: 'delivery.retried',
        subjectId: deliveryId,
        changes,
      });
      return deliveryOf(row);
    });
  }
}

/** Ids of calls with this number, the latest of them. */
async function latestCallsOf(tx: Tx, tenant: TenantId, number: string): Promise<string[]> {
  const connections = await tx.connection.findMany({
    select: { country: true },
    where: { tenantId: tenant },
  });
  const countries = new Set(connections.map(({ country }) => country));
  const calls = await tx.call.findMany({
    select: { id: true },
    where: { tenantId: tenant, customerNumber: { in: spellingsOf(number, countries) } },
    orderBy: { startedAt: 'desc' },
    take: MOST_CALLS,
  });
  return calls.map((call) => call.id);
}

function notRetryable(state: string): AppError {
  return new AppError(
    'conflict',
    'delivery.not_retryable',
    `The delivery is ${state}: only one that is dead, held or skipped can be retried.`,
  );
}

function endpointDeleted(): AppError {
  return new AppError('conflict', 'endpoint.deleted', 'The endpoint of this delivery was deleted.');
}
