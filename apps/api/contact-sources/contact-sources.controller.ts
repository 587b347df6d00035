import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiExtraModels } from '@nestjs/swagger';
import type { Actor, ContactSourceId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import { ContactSourceDesk } from './contact-source-desk.js';
import {
  ContactSourceDto,
  ContactSourceOnceDto,
  ContactSourcePageDto,
  ContactSourcePatchDto,
  NewContactSourceDto,
  SourceTestDto,
} from './contact-source.dto.js';
import { ContactLookupCallback } from './contact-lookup-callback.decorator.js';
import { SourceAnswerDto, SourceQuestionDto, SourceTestedDto } from './source-protocol.dto.js';
import { TestSource } from './test-source.js';

const ID = new IdPipe<ContactSourceId>('contact source');

@May('manage')
@ApiController('contact-sources', 'Contacts')
@ApiExtraModels(SourceQuestionDto, SourceAnswerDto)
export class ContactSourcesController {
  constructor(
    @Inject(ContactSourceDesk) private readonly desk: ContactSourceDesk,
    @Inject(TestSource) private readonly tester: TestSource,
  ) {}

  @Post()
  @Answers(201, 'Make a source of contacts', {
    type: ContactSourceOnceDto,
    about:
      'From then on it is asked who is calling where the contacts kept here do not know the number. The kind `http`: by a `POST` of ' +
      '`SourceQuestionDto`, signed as webhooks are, which it answers with `SourceAnswerDto`, or with 404 for nobody. The kind `crm`: ' +
      'by the connector of an endpoint of yours, with the credentials of the endpoint.',
  })
  @ContactLookupCallback()
  @Problems(404, 409)
  create(
    @Tenant() tenant: TenantId,
    @Body() draft: NewContactSourceDto,
    @By() by: Actor,
  ): Promise<ContactSourceOnceDto> {
    return this.desk.create(tenant, draft, by);
  }

  @Get()
  @Answers(200, 'List the sources of contacts', { type: ContactSourcePageDto })
  list(@Tenant() tenant: TenantId, @Query() query: PageQueryDto): Promise<ContactSourcePageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @Answers(200, 'Get a source of contacts', { type: ContactSourceDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ContactSourceId): Promise<ContactSourceDto> {
    return this.desk.get(tenant, id);
  }

  @Patch(':id')
  @Answers(200, 'Change a source of contacts', {
    type: ContactSourceDto,
    about:
      'With another `url`, `endpointId` or other `headers` all that it said before is forgotten; so it is when the endpoint gets ' +
      'another URL, other settings or other credentials. Of another `kind` it cannot become.',
  })
  @Problems(404, 409)
  patch(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ContactSourceId,
    @Body() patch: ContactSourcePatchDto,
    @By() by: Actor,
  ): Promise<ContactSourceDto> {
    return this.desk.patch(tenant, id, patch, by);
  }

  @Post(':id/test')
  @Answers(200, 'Ask a source of contacts now', {
    type: SourceTestedDto,
    about: 'Shows what was sent and what came back. Nothing is remembered of it.',
  })
  @Problems(404)
  test(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ContactSourceId,
    @Body() test: SourceTestDto,
  ): Promise<SourceTestedDto> {
    return this.tester.test(tenant, id, test);
  }

  @Delete(':id')
  @Answers(204, 'Delete a source of contacts', { about: 'With all that it said. Calls stay as they are.' })
  @Problems(404)
  remove(@Tenant() tenant: TenantId, @Param('id', ID) id: ContactSourceId, @By() by: Actor): Promise<void> {
    return this.desk.remove(tenant, id, by);
  }
}
