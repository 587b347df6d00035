import {
  AppError,
  notFound,
  type CallId,
  type DeliveryId,
  type EndpointId,
  type Instant,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import { uuidFloor } from '../maintenance/partitions.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { differences, writeAudit, type Actor } from './audit-trail.js';
import {
  attemptOf,
  deliveryOf,
  type AttemptRecord,
  type DeliveryRow,
  type DeliveryState,
} from './delivery-record.js';
import { endpointDisabled } from './endpoint-steps.js';
import { given } from './given.js';
import { lockRow } from './lock-row.js';
import { newestFirst, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf } from './times.js';

export interface DeliveryFilter {
  endpointId?: EndpointId | undefined;
  callId?: CallId | undefined;
  state?: DeliveryState | undefined;
  eventType?: string | undefined;
  /** When the delivery was made, from inclusive, to exclusive. */
  from?: Instant | undefined;
  to?: Instant | undefined;
}

export interface DeliveryDetail extends DeliveryRow {
  /** The event's data, as it is sent. */
  payload: unknown;
  /** First try first. */
  attempts: AttemptRecord[];
}

/** Events owed to endpoints. The forwarder works on them; here they are looked at and revived. */
export class DeliveryRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  list(tenant: TenantId, filter: DeliveryFilter, ask: PageAsk): Promise<Page<DeliveryRow>> {
    const { from, to, ...exact } = filter;
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.delivery.findMany({
        where: {
          ...given(exact),
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
        select: { payload: true },
        where: { id: row.eventId, tenantId: tenant },
      });
      const attempts = await tx.attempt.findMany({
        where: { deliveryId, tenantId: tenant },
        orderBy: [{ number: 'asc' }, { id: 'asc' }],
      });
      return { ...deliveryOf(row), payload: event?.payload ?? null, attempts: attempts.map(attemptOf) };
    });
  }

  /**
   * Makes a dead or held delivery due now. Its tries go on from where they were, its refusals are forgiven.
   *
   * @throws AppError `resource.not_found`; `delivery.not_retryable` when it is due or delivered; `endpoint.disabled`,
   *   `endpoint.deleted` when there is nobody to deliver to
   */
  retry(tenant: TenantId, deliveryId: DeliveryId, by: Actor): Promise<DeliveryRow> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if (!(await lockRow(tx, 'delivery', tenant, deliveryId))) throw notFound('delivery');
      const before = await tx.delivery.findUniqueOrThrow({ where: { id: deliveryId, tenantId: tenant } });
      if (before.state !== 'dead' && before.state !== 'held') throw notRetryable(before.state);
      const endpoint = await tx.endpoint.findFirst({ where: { id: before.endpointId, tenantId: tenant } });
      if (endpoint === null) throw endpointDeleted();
      if (endpoint.state !== 'enabled') throw endpointDisabled();
      const row = await tx.delivery.update({
        where: { id: deliveryId, tenantId: tenant },
        data: { state: 'due', dueAt: dateOf(at), refusals: 0, tries: 0, reason: null, finishedAt: null },
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

function notRetryable(state: string): AppError {
  return new AppError(
    'conflict',
    'delivery.not_retryable',
    `The delivery is ${state}: only one that is dead or held can be retried.`,
  );
}

function endpointDeleted(): AppError {
  return new AppError('conflict', 'endpoint.deleted', 'The endpoint of this delivery was deleted.');
}
