import type { ApiKeyId, CallId, DeliveryId, EndpointId, TenantId } from '#domain';
import type { AttemptRecord, DeliveryRepository, DeliveryRow } from '#db';
import { redactHeaders } from '#platform';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
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
}

/** What endpoints are owed, what was tried, and trying it again. */
export class DeliveryDesk {
  constructor(private readonly parts: DeliveryDeskParts) {}

  async list(tenant: TenantId, query: DeliveryQueryDto): Promise<DeliveryPageDto> {
    const filter = {
      endpointId: query.endpointId?.toLowerCase() as EndpointId | undefined,
      callId: query.callId?.toLowerCase() as CallId | undefined,
      state: query.state,
      eventType: query.eventType,
      from: readTime(query.from),
      to: readTime(query.to),
    };
    return pageAnswer(await this.parts.deliveries.list(tenant, filter, pageAsk(query)), deliveryView);
  }

  async get(tenant: TenantId, id: DeliveryId): Promise<DeliveryDetailDto> {
    const { payload, attempts, ...delivery } = found(await this.parts.deliveries.get(tenant, id), 'delivery');
    return { ...deliveryView(delivery), payload, attempts: attempts.map(attemptView) };
  }

  async retry(tenant: TenantId, id: DeliveryId, by: ApiKeyId): Promise<DeliveryDto> {
    const delivery = await this.parts.deliveries.retry(tenant, id, by);
    this.parts.ringer.ring('endpoint', [delivery.endpointId]);
    return deliveryView(delivery);
  }
}

function deliveryView(delivery: DeliveryRow): DeliveryDto {
  return {
    ...delivery,
    dueAt: delivery.state === 'due' ? timeText(delivery.dueAt) : null,
    createdAt: timeText(delivery.createdAt),
    firstTriedAt: timeTextOrNull(delivery.firstTriedAt),
    finishedAt: timeTextOrNull(delivery.finishedAt),
  };
}

function attemptView(attempt: AttemptRecord): AttemptDto {
  const { deliveryId: _delivery, endpointId: _endpoint, startedAt, responseHeaders, ...shown } = attempt;
  return {
    ...shown,
    startedAt: timeText(startedAt),
    responseHeaders: responseHeaders === null ? null : redactHeaders(responseHeaders),
  };
}
