import { Get, Inject, Param } from '@nestjs/common';
import type { CallId, TenantId } from '#domain';
import { May } from '../../access/access.guard.js';
import { Tenant } from '../../access/caller.decorator.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { IdPipe } from '../../http/id.pipe.js';
import { Problems } from '../../http/problem.dto.js';
import { CrmLogDesk } from './crm-log-desk.js';
import { CrmLogListDto } from './crm-log.dto.js';

@ApiController('calls/:id/crm-logs', 'CRM')
@May('see')
export class CallCrmLogsController {
  constructor(@Inject(CrmLogDesk) private readonly desk: CrmLogDesk) {}

  @Get()
  @Answers(200, 'Get what stands of a call in CRMs', { type: CrmLogListDto })
  @Problems(404)
  list(
    @Tenant() tenant: TenantId,
    @Param('id', new IdPipe<CallId>('call')) id: CallId,
  ): Promise<CrmLogListDto> {
    return this.desk.ofCall(tenant, id);
  }
}
