import { Get, Inject, Query } from '@nestjs/common';
import { For, May } from '../access/access.guard.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { InstallationDesk } from './installation-desk.js';
import { InstallationDto, TenantTroublesDto, TroubleQueryDto } from './operator.dto.js';

@ApiController('operator', 'Installation')
@May('install')
@For('operator')
export class OperatorController {
  constructor(@Inject(InstallationDesk) private readonly desk: InstallationDesk) {}

  @Get('tenants')
  @Answers(200, 'List tenants by their trouble', {
    type: TenantTroublesDto,
    about: 'What is late, held or given up, and connections that are silent: of all tenants at once.',
  })
  tenants(@Query() query: TroubleQueryDto): Promise<TenantTroublesDto> {
    return this.desk.tenants(query);
  }

  @Get('installation')
  @Answers(200, 'Get how the installation does', {
    type: InstallationDto,
    about: 'Its processes and their versions, what waits in the queue, and the partitions of its logs.',
  })
  installation(): Promise<InstallationDto> {
    return this.desk.get();
  }
}
