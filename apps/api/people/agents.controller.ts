import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { AgentId, Actor, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import { ChangesVersion, ShowsVersion } from '../versions/versioned.decorator.js';
import { AgentDesk } from './agent-desk.js';
import { AgentPatchDto, NewAgentDto, PersonDto, PersonPageDto } from './agent.dto.js';

const ID = new IdPipe<AgentId>('agent');

@ApiController('agents', 'People')
@May('manage')
export class AgentsController {
  constructor(@Inject(AgentDesk) private readonly desk: AgentDesk) {}

  @Post()
  @Answers(201, 'Make an agent', {
    type: PersonDto,
    about:
      'Calls are told with the agent whose extension took part, or whose code, name or e-mail the PBX tells.',
  })
  create(@Tenant() tenant: TenantId, @Body() draft: NewAgentDto, @By() by: Actor): Promise<PersonDto> {
    return this.desk.create(tenant, draft, by);
  }

  @Get()
  @May('see')
  @Answers(200, 'List agents', { type: PersonPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: PageQueryDto): Promise<PersonPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @May('see')
  @ShowsVersion()
  @Answers(200, 'Get an agent', { type: PersonDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: AgentId): Promise<PersonDto> {
    return this.desk.get(tenant, id);
  }

  @Patch(':id')
  @ChangesVersion()
  @Answers(200, 'Change an agent', { type: PersonDto })
  @Problems(404)
  patch(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: AgentId,
    @Body() patch: AgentPatchDto,
    @By() by: Actor,
  ): Promise<PersonDto> {
    return this.desk.patch(tenant, id, patch, by);
  }

  @Delete(':id')
  @ChangesVersion()
  @Answers(204, 'Delete an agent', { about: 'Its extensions stay and are nobody’s.' })
  @Problems(404)
  remove(@Tenant() tenant: TenantId, @Param('id', ID) id: AgentId, @By() by: Actor): Promise<void> {
    return this.desk.remove(tenant, id, by);
  }
}
