import { Get, Inject, Param, Query } from '@nestjs/common';
import type { ConnectionId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { timeTextOrNull } from '../http/time-text.js';
import { ControlCalls } from './control-calls.js';
import { PbxCallsDto, PbxCallsQueryDto } from './order.dto.js';

/** What a PBX itself says of its calls. */
@ApiController('connections', 'PBX control')
@May('see')
export class PbxCallsController {
  constructor(@Inject(ControlCalls) private readonly control: ControlCalls) {}

  @Get(':id/pbx-calls')
  @Answers(200, 'Ask a PBX which calls it has now', {
    type: PbxCallsDto,
    about: 'The PBX is asked by its account. What its webhooks told of open calls is at /v1/live.',
  })
  @Problems(404, 409, 422, 501, 502)
  async list(
    @Tenant() tenant: TenantId,
    @Param('id', new IdPipe<ConnectionId>('connection')) id: ConnectionId,
    @Query() { extension }: PbxCallsQueryDto,
  ): Promise<PbxCallsDto> {
    const calls = await this.control.atPbx(tenant, id, extension ?? null);
    const data = calls.map(({ vendorCallId, extension: phone, number, state, startedAt }) => {
      return { vendorCallId, extension: phone, number, state, startedAt: timeTextOrNull(startedAt) };
    });
    return { data };
  }
}
