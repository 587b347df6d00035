import { Body, Get, Inject, Put } from '@nestjs/common';
import type { Actor, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { MatchPolicyDesk } from './match-policy-desk.js';
import { MatchPolicyDto, PutMatchPolicyDto } from './match-policy.dto.js';

@May('manage')
@ApiController('match-policy', 'Contacts')
export class MatchPolicyController {
  constructor(@Inject(MatchPolicyDesk) private readonly desk: MatchPolicyDesk) {}

  @Get()
  @May('see')
  @Answers(200, 'Get the match policy', {
    type: MatchPolicyDto,
    about: 'Which contact a call is of where several have its number.',
  })
  get(@Tenant() tenant: TenantId): Promise<MatchPolicyDto> {
    return this.desk.get(tenant);
  }

  @Put()
  @Answers(200, 'Set the match policy', {
    type: MatchPolicyDto,
    about: 'Counts for calls and popups that come from then on; calls that have a contact keep it.',
  })
  put(
    @Tenant() tenant: TenantId,
    @Body() policy: PutMatchPolicyDto,
    @By() by: Actor,
  ): Promise<MatchPolicyDto> {
    return this.desk.put(tenant, policy, by);
  }
}
