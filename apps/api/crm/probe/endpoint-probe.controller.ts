import { Inject, Param, Post } from '@nestjs/common';
import type { EndpointId, TenantId } from '#domain';
import { May } from '../../access/access.guard.js';
import { Tenant } from '../../access/caller.decorator.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { IdPipe } from '../../http/id.pipe.js';
import { Problems } from '../../http/problem.dto.js';
import { EndpointProbedDto } from './endpoint-probe.dto.js';
import { ProbeCrm } from './probe-crm.js';

@ApiController('endpoints/:id/probe', 'CRM')
@May('manage')
export class EndpointProbeController {
  constructor(@Inject(ProbeCrm) private readonly probe: ProbeCrm) {}

  @Post()
  @Answers(200, 'Try the connection to a CRM', {
    type: EndpointProbedDto,
    about:
      'Asks the CRM who we are there, with the credentials of the endpoint and the way that its deliveries go. Nothing is written ' +
      'there. What the CRM says is an answer, also when it is a refusal.',
  })
  @Problems(404, 409)
  run(
    @Tenant() tenant: TenantId,
    @Param('id', new IdPipe<EndpointId>('endpoint')) id: EndpointId,
  ): Promise<EndpointProbedDto> {
    return this.probe.run(tenant, id);
  }
}
