import { Get, Header, Inject, Query } from '@nestjs/common';
import type { TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { Tenant, TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { ownAgent } from '../access/own-agent.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { PhoneDesk } from './phone-desk.js';
import { OwnWebPhoneDto, OwnWebPhoneQueryDto } from './phone.dto.js';

/** For agents: whoever signed in and is linked to one. */
@ApiController('me', 'Me')
@May('own')
export class OwnPhoneController {
  constructor(@Inject(PhoneDesk) private readonly desk: PhoneDesk) {}

  @Get('phone')
  // More than reading: whoever has it can make calls.
  @Needs('write')
  @Header('cache-control', 'no-store')
  @Answers(200, 'Get what my phone in the browser registers with', {
    type: OwnWebPhoneDto,
    about:
      'The one place where a SIP password is shown. `me.no_phone` (409): none of my extensions has a SIP account on a connection with a WebSocket.',
  })
  @Problems(409)
  get(
    @Tenant() tenant: TenantId,
    @TheCaller() caller: Caller,
    @Query() wanted: OwnWebPhoneQueryDto,
  ): Promise<OwnWebPhoneDto> {
    return this.desk.own(tenant, ownAgent(caller), wanted);
  }
}
