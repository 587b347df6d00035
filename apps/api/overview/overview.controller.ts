import { Get, Inject } from '@nestjs/common';
import type { TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { OverviewDesk } from './overview-desk.js';
import { OverviewDto } from './overview.dto.js';

@May('see')
@ApiController('overview', 'Overview')
export class OverviewController {
  constructor(@Inject(OverviewDesk) private readonly desk: OverviewDesk) {}

  @Get()
  @Answers(200, 'Get how the tenant fares', {
    type: OverviewDto,
    about: 'This week and the one before, what waits, and what somebody should look after.',
  })
  get(@Tenant() tenant: TenantId): Promise<OverviewDto> {
    return this.desk.get(tenant);
  }
}
