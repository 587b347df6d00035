import { explainTelling, type CallEventId, type CallId, type EndpointId, type TenantId } from '#domain';
import type { TellingRepository } from '#db';
import type { Clock } from '#platform';
import { found } from '../../http/found.js';
import { invalidRequest } from '../../http/validation.pipe.js';
import type { TellingQueryDto, TellingsDto } from './telling.dto.js';

export interface TellingDeskParts {
  tellings: TellingRepository;
  clock: Pick<Clock, 'now'>;
}

/** Why an endpoint was or was not told of something. */
export class TellingDesk {
  constructor(private readonly parts: TellingDeskParts) {}

  /** @throws AppError `request.invalid` unless exactly one of event and call is named; `resource.not_found` */
  async explain(tenant: TenantId, id: EndpointId, query: TellingQueryDto): Promise<TellingsDto> {
    const now = this.parts.clock.now();
    const tellings = await this.parts.tellings.of(tenant, id, aboutOf(query));
    const data = found(tellings, 'endpoint, event or call').map(
      ({ eventId, sequence, delivery, telling }) => ({
        eventId,
        type: telling.event.type,
        sequence,
        ...explainTelling({ ...telling, now }),
        deliveryId: delivery?.id ?? null,
      }),
    );
    return { data };
  }
}

function aboutOf({ eventId, callId }: TellingQueryDto): { eventId: CallEventId } | { callId: CallId } {
  if (eventId !== undefined && callId === undefined) return { eventId: eventId.toLowerCase() as CallEventId };
  if (callId !== undefined && eventId === undefined) return { callId: callId.toLowerCase() as CallId };
  throw invalidRequest([{ field: 'eventId', message: 'exactly one of eventId and callId must be given' }]);
}
