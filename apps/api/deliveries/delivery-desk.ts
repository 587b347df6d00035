import {
  instant,
  type Actor,
  type CallId,
  type DeliveryId,
  type EndpointId,
  type ReplayId,
  type TenantId,
} from '#domain';
import type { AttemptRecord, DeliveryRepository, DeliveryRow } from '#db';
import { redactHeaders, type Clock } from '#platform';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { reasonOf } from '../http/reason-of.js';
import { readTime, timeText, timeTextOrNull } from '../http/time-text.js';
import type {
  AttemptDto,
  DeliveryDetailDto,
  DeliveryDto,
  DeliveryPageDto,
  DeliveryQueryDto,
} from './delivery.dto.js';

export interface DeliveryDeskParts {
  deliveries: DeliveryRepository;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What endpoints are owed, what was tried, and trying it again. */
export class DeliveryDesk {
  constructor(private readonly parts: DeliveryDeskParts) {}

  async list(tenant: TenantId, query: DeliveryQueryDto): Promise<DeliveryPageDto> {
    // No index knows a status: looking for one is bounded by time.
    const lately = query.status === undefined ? undefined : instant(this.parts.clock.now() - DAY_MS);
    const filter = {
      endpointId: query.endpointId?.toLowerCase() as EndpointId | undefined,
      callId: query.callId?.toLowerCase() as CallId | undefined,
      state: query.state,
      eventType: query.eventType,
      replayId: query.replayId?.toLowerCase() as ReplayId | undefined,
      number: query.number,
      status: query.status,
      from: readTime(query.from) ?? lately,
      to: readTime(query.to),
    };
    return pageAnswer(await this.parts.deliveries.list(tenant, filter, pageAsk(query)), deliveryView);
  }

  async get(tenant: TenantId, id: DeliveryId): Promise<DeliveryDetailDto> {
    const { payload, occurredAt, attempts, ...delivery } = found(
      await this.parts.deliveries.get(tenant, id),
      'delivery',
    );
    return {
      ...deliveryView(delivery),
      payload,
      occurredAt: timeTextOrNull(occurredAt),
      attempts: attempts.map(attemptView),
    };
  }

  async retry(tenant: TenantId, id: DeliveryId, by: Actor): Promise<DeliveryDto> {
    const delivery = await this.parts.deliveries.retry(tenant, id, by);
    this.parts.ringer.ring('endpoint', [delivery.endpointId]);
    return deliveryView(delivery);
  }
}

function deliveryView(delivery: DeliveryRow): DeliveryDto {
  return {
    ...delivery,
    ...reasonOf('reason', delivery.reason),
    dueAt: delivery.state === 'due' ? timeText(delivery.dueAt) : null,
    createdAt: timeText(delivery.createdAt),
    firstTriedAt: timeTextOrNull(delivery.firstTriedAt),
    finishedAt: timeTextOrNull(delivery.finishedAt),
  };
}

function attemptView(attempt: AttemptRecord): AttemptDto {
  const {
    deliveryId: _delivery,
    endpointId: _endpoint,
    startedAt,
    responseHeaders,
    request,
    ...shown
  } = attempt;
  return {
    ...shown,
    ...reasonOf('decision', attempt.decision),
    startedAt: timeText(startedAt),
    requestMethod: request?.method ?? null,
    requestUrl: request?.url ?? null,
    requestHeaders: request?.headers ?? null,
    requestBody: request?.body ?? null,
    responseHeaders: responseHeaders === null ? null : redactHeaders(responseHeaders),
  };
}
