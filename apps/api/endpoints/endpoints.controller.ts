import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { Actor, EndpointId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import type { Caller } from '../access/caller.js';
import { By, Tenant, TheCaller } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ChangesVersion, ShowsVersion } from '../versions/versioned.decorator.js';
import { EndpointDesk } from './endpoint-desk.js';
import {
  DisableEndpointDto,
  EnableEndpointDto,
  EndpointDto,
  EndpointPageDto,
  EndpointPatchDto,
  EndpointQueryDto,
  NewEndpointDto,
  PauseEndpointDto,
} from './endpoint.dto.js';
import { EndpointTestDto, TestSentDto } from './endpoint-test.dto.js';
import { EndpointOnceDto, RotateSecretDto, RotatedSecretDto } from './endpoint-secret.dto.js';
import { TellingDesk } from './telling/telling-desk.js';
import { TellingQueryDto, TellingsDto } from './telling/telling.dto.js';

const ID = new IdPipe<EndpointId>('endpoint');

@ApiController('endpoints', 'Endpoints')
@May('manage')
export class EndpointsController {
  constructor(
    @Inject(EndpointDesk) private readonly desk: EndpointDesk,
    @Inject(TellingDesk) private readonly tellings: TellingDesk,
  ) {}

  @Post()
  @Answers(201, 'Make an endpoint', {
    type: EndpointOnceDto,
    about:
      'Its secret is in this answer and in no other. It is changed by rotating it, and so is the kind of signature.',
  })
  @Problems(409)
  create(
    @Tenant() tenant: TenantId,
    @Body() draft: NewEndpointDto,
    @By() by: Actor,
  ): Promise<EndpointOnceDto> {
    return this.desk.create(tenant, draft, by);
  }

  @Get()
  @May('see')
  @Answers(200, 'List endpoints', { type: EndpointPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: EndpointQueryDto): Promise<EndpointPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @May('see')
  @ShowsVersion()
  @Answers(200, 'Get an endpoint', { type: EndpointDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: EndpointId): Promise<EndpointDto> {
    return this.desk.get(tenant, id);
  }

  @Patch(':id')
  @ChangesVersion()
  @Answers(200, 'Change an endpoint', { type: EndpointDto })
  @Problems(404)
  patch(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() patch: EndpointPatchDto,
    @TheCaller() caller: Caller,
  ): Promise<EndpointDto> {
    return this.desk.patch(tenant, id, patch, caller);
  }

  @Delete(':id')
  @ChangesVersion()
  @Answers(204, 'Delete an endpoint', { about: 'What it is still owed becomes dead. Its history stays.' })
  @Problems(404)
  remove(@Tenant() tenant: TenantId, @Param('id', ID) id: EndpointId, @By() by: Actor): Promise<void> {
    return this.desk.remove(tenant, id, by);
  }

  @Post(':id/enable')
  @Answers(200, 'Enable an endpoint', {
    type: EndpointDto,
    about:
      'What was held is due at once, unless something else is said. Where that is much, the endpoint is `enabling` meanwhile.',
  })
  @Problems(404)
  enable(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() order: EnableEndpointDto,
    @By() by: Actor,
  ): Promise<EndpointDto> {
    return this.desk.enable(tenant, id, order, by);
  }

  @Post(':id/pause')
  @Answers(200, 'Pause an endpoint', {
    type: EndpointDto,
    about: 'As disabling, for a while: what it is owed is held until it is enabled.',
  })
  @Problems(404)
  pause(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() order: PauseEndpointDto,
    @By() by: Actor,
  ): Promise<EndpointDto> {
    return this.desk.pause(tenant, id, order, by);
  }

  @Get(':id/explain')
  @May('see')
  @Answers(200, 'Explain why an event was or was not sent', { type: TellingsDto })
  @Problems(404)
  explain(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Query() query: TellingQueryDto,
  ): Promise<TellingsDto> {
    return this.tellings.explain(tenant, id, query);
  }

  @Post(':id/disable')
  @Answers(200, 'Disable an endpoint', {
    type: EndpointDto,
    about: 'What it is owed is held, and nothing is lost.',
  })
  @Problems(404)
  disable(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() order: DisableEndpointDto,
    @By() by: Actor,
  ): Promise<EndpointDto> {
    return this.desk.disable(tenant, id, order, by);
  }

  @Post(':id/rotate-secret')
  @Answers(200, 'Give an endpoint new secrets', {
    type: RotatedSecretDto,
    about: 'Old and new sign for the grace, so that the receiver can change over without losing anything.',
  })
  @Problems(404, 409)
  rotateSecret(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() rotation: RotateSecretDto,
    @By() by: Actor,
  ): Promise<RotatedSecretDto> {
    return this.desk.rotateSecret(tenant, id, rotation, by);
  }

  @Post(':id/test')
  @May('handle')
  @Answers(202, 'Send a test event', {
    type: TestSentDto,
    about:
      'A sample flagged `test: true`, sent like any other event and in the format of the endpoint. Where the format has no ' +
      'message for its type, the delivery is skipped with the reason.',
  })
  @Problems(404, 409)
  test(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: EndpointId,
    @Body() order: EndpointTestDto,
    @By() by: Actor,
  ): Promise<TestSentDto> {
    return this.desk.test(tenant, id, order, by);
  }
}
