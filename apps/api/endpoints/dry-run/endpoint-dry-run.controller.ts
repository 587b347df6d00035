import { Body, Inject, Post } from '@nestjs/common';
import type { TenantId } from '#domain';
import { May } from '../../access/access.guard.js';
import { Tenant } from '../../access/caller.decorator.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { EndpointDryRunDesk } from './endpoint-dry-run-desk.js';
import { EndpointDryRunAnswerDto, EndpointDryRunDto } from './endpoint-dry-run.dto.js';

@May('manage')
@ApiController('endpoints', 'Endpoints')
export class EndpointDryRunController {
  constructor(@Inject(EndpointDryRunDesk) private readonly desk: EndpointDryRunDesk) {}

  @Post('dry-run')
  @Answers(200, 'Try an endpoint that is not kept', {
    type: EndpointDryRunAnswerDto,
    about:
      'Whether a sample, an event or the last ones would be sent, and the requests as they would be. Nothing is sent and nothing is kept.',
  })
  run(@Tenant() tenant: TenantId, @Body() draft: EndpointDryRunDto): Promise<EndpointDryRunAnswerDto> {
    return this.desk.run(tenant, draft);
  }
}
