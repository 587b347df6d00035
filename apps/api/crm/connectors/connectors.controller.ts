import { Get, Param } from '@nestjs/common';
import { CONNECTORS, connectorNamed } from '#crm';
import { For, May } from '../../access/access.guard.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { found } from '../../http/found.js';
import { Problems } from '../../http/problem.dto.js';
import { connectorView } from './connector-view.js';
import { ConnectorDto, ConnectorListDto } from './connector.dto.js';

@ApiController('connectors', 'CRM')
@May('see')
@For('either')
export class ConnectorsController {
  @Get()
  @Answers(200, 'List the CRMs that an endpoint can be', {
    type: ConnectorListDto,
    about:
      'With the credentials that each takes, and the policy by which calls are logged: enough to make a form of.',
  })
  list(): ConnectorListDto {
    return { data: CONNECTORS.map(connectorView) };
  }

  @Get(':name')
  @Answers(200, 'Get a connector', { type: ConnectorDto })
  @Problems(404)
  get(@Param('name') name: string): ConnectorDto {
    return connectorView(found(connectorNamed(name), 'connector'));
  }
}
