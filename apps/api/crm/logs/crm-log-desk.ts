import type { Actor, CallId, EndpointId, TenantId } from '#domain';
import type { CrmChosen, CrmLogRecord, CrmLogRepository } from '#db';
import type { Ringer } from '#queues';
import { pageAnswer, pageAsk } from '../../http/page.dto.js';
import { timeText } from '../../http/time-text.js';
import type {
  CrmChoiceDto,
  CrmChosenDto,
  CrmLogDto,
  CrmLogListDto,
  CrmLogPageDto,
  CrmLogQueryDto,
} from './crm-log.dto.js';

export interface CrmLogDeskParts {
  logs: CrmLogRepository;
  ringer: Pick<Ringer, 'ring'>;
}

/** What stands of calls in CRMs, and whose those calls are. */
export class CrmLogDesk {
  constructor(private readonly parts: CrmLogDeskParts) {}

  async list(tenant: TenantId, endpointId: EndpointId, query: CrmLogQueryDto): Promise<CrmLogPageDto> {
    const filter = { state: query.state, callId: query.callId?.toLowerCase() as CallId | undefined };
    return pageAnswer(await this.parts.logs.list(tenant, endpointId, filter, pageAsk(query)), logView);
  }

  async ofCall(tenant: TenantId, callId: CallId): Promise<CrmLogListDto> {
    return { data: (await this.parts.logs.ofCall(tenant, callId)).map(logView) };
  }

  /** @throws AppError `resource.not_found`, `crm_log.nothing_to_choose`, `crm_log.no_number`, `crm_log.call_forgotten` */
  async choose(
    tenant: TenantId,
    of: { endpointId: EndpointId; callId: CallId },
    { contactId, type }: CrmChoiceDto,
    by: Actor,
  ): Promise<CrmChosenDto> {
    return this.told(of.endpointId, await this.parts.logs.choose(tenant, of, { contactId, type }, by));
  }

  /** @throws AppError as `choose` */
  async undo(
    tenant: TenantId,
    of: { endpointId: EndpointId; callId: CallId },
    by: Actor,
  ): Promise<CrmChosenDto> {
    return this.told(of.endpointId, await this.parts.logs.undo(tenant, of, by));
  }

  private told(endpointId: EndpointId, { contact, deliveryIds }: CrmChosen): CrmChosenDto {
    this.parts.ringer.ring('endpoint', [endpointId]);
    return { contact, deliveryIds };
  }
}

function logView({ recordId, recordType, begunAt, updatedAt, ...log }: CrmLogRecord): CrmLogDto {
  return {
    ...log,
    record: recordId === null ? null : { id: recordId, type: recordType ?? '' },
    begunAt: timeText(begunAt),
    updatedAt: timeText(updatedAt),
  };
}
