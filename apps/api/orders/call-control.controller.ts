import { Body, Inject, Param, Post } from '@nestjs/common';
import type { CallId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ControlCalls } from './control-calls.js';
import { RecordingStateDto, TransferDto } from './order.dto.js';

const ID = new IdPipe<CallId>('call');
const PROBLEMS = [404, 409, 422, 501, 502] as const;

/** Calls that go on, and what is done with them at their PBX. */
@ApiController('calls', 'PBX control')
@May('handle')
export class CallControlController {
  constructor(@Inject(ControlCalls) private readonly control: ControlCalls) {}

  @Post(':id/hang-up')
  @Answers(204, 'Hang up a call', {
    about:
      'Where the PBX can only end all calls of an extension, a call that shares it with another one is left alone (409).',
  })
  @Problems(...PROBLEMS)
  hangUp(@Tenant() tenant: TenantId, @Param('id', ID) id: CallId): Promise<void> {
    return this.control.hangUp(tenant, id);
  }

  @Post(':id/transfer')
  @Answers(204, 'Transfer a call', { about: 'Where the PBX can.' })
  @Problems(...PROBLEMS)
  transfer(@Tenant() tenant: TenantId, @Param('id', ID) id: CallId, @Body() to: TransferDto): Promise<void> {
    return this.control.transfer(tenant, id, to);
  }

  @Post(':id/recording')
  @Answers(204, 'Begin, end or mute the recording of a call', { about: 'Where the PBX can.' })
  @Problems(...PROBLEMS)
  record(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CallId,
    @Body() { state }: RecordingStateDto,
  ): Promise<void> {
    return this.control.record(tenant, id, state);
  }
}
