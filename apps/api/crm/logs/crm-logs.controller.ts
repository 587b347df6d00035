import { Body, Delete, Get, Inject, Param, Put, Query } from '@nestjs/common';
import type { Actor, CallId, EndpointId, TenantId } from '#domain';
import { May } from '../../access/access.guard.js';
import { By, Tenant } from '../../access/caller.decorator.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { IdPipe } from '../../http/id.pipe.js';
import { Problems } from '../../http/problem.dto.js';
import { CrmLogDesk } from './crm-log-desk.js';
import { CrmChoiceDto, CrmChosenDto, CrmLogPageDto, CrmLogQueryDto } from './crm-log.dto.js';

const ID = new IdPipe<EndpointId>('endpoint');
const CALL_ID = new IdPipe<CallId>('call');

@ApiController('endpoints/:id/crm-logs', 'CRM')
@May('handle')
export class CrmLogsController {
  constructor(@Inject(CrmLogDesk) private readonly desk: CrmLogDesk) {}

  @Get()
  @May('see')
  @Answers(200, 'List what stands in a CRM', { type: CrmLogPageDto })
  @Problems(404)
  list(
    @Tenant() tenant: TenantId,
    @Param('id', ID) endpointId: EndpointId,
    @Query() query: CrmLogQueryDto,
  ): Promise<CrmLogPageDto> {
    return this.desk.list(tenant, endpointId, query);
  }

  @Put(':callId/contact')
  @Answers(202, 'Say whose call it is in a CRM', {
    type: CrmChosenDto,
    about:
      'One of the candidates of a call that was logged on nobody. The number is that contact’s from now on, whatever is found of it ' +
      'later, and the records that wait for a choice about it follow a moment later. Where the CRM cannot move a record, the call is ' +
      'logged anew on the contact, and the delivery says so.',
  })
  @Problems(404, 409)
  choose(
    @Tenant() tenant: TenantId,
    @Param('id', ID) endpointId: EndpointId,
    @Param('callId', CALL_ID) callId: CallId,
    @Body() choice: CrmChoiceDto,
    @By() by: Actor,
  ): Promise<CrmChosenDto> {
    return this.desk.choose(tenant, { endpointId, callId }, choice, by);
  }

  @Delete(':callId/contact')
  @Answers(202, 'Take back whose call it is in a CRM', {
    type: CrmChosenDto,
    about:
      'The records that followed the choice are nobody’s again, and the number is looked for at its next call.',
  })
  @Problems(404, 409)
  undo(
    @Tenant() tenant: TenantId,
    @Param('id', ID) endpointId: EndpointId,
    @Param('callId', CALL_ID) callId: CallId,
    @By() by: Actor,
  ): Promise<CrmChosenDto> {
    return this.desk.undo(tenant, { endpointId, callId }, by);
  }
}
