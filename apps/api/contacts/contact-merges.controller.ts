import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { Actor, ContactMergeId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import { ContactMergeDesk } from './contact-merge-desk.js';
import { MergeContactsDto, MergeDto, MergePageDto } from './contact-merge.dto.js';

@May('handle')
@ApiController('contact-merges', 'Contacts')
export class ContactMergesController {
  constructor(@Inject(ContactMergeDesk) private readonly desk: ContactMergeDesk) {}

  @Post()
  @Answers(201, 'Merge contacts', {
    type: MergeDto,
    about:
      'What the contact that is kept leaves open the others say; numbers and ids in other systems are those of all. The others are no ' +
      'more. Can be taken back by the id of the merge.',
  })
  @Problems(404)
  merge(@Tenant() tenant: TenantId, @Body() body: MergeContactsDto, @By() by: Actor): Promise<MergeDto> {
    return this.desk.merge(tenant, body.contactId, body.mergedIds, by);
  }

  @Get()
  @Answers(200, 'List merges of contacts', { type: MergePageDto })
  list(@Tenant() tenant: TenantId, @Query() query: PageQueryDto): Promise<MergePageDto> {
    return this.desk.list(tenant, query);
  }

  @Post(':id/undo')
  @Answers(200, 'Take a merge back', {
    type: MergeDto,
    about:
      'The contacts are again what they were, with their ids. Refused when the kept one was changed since, for that would be lost.',
  })
  @Problems(404, 409)
  undo(
    @Tenant() tenant: TenantId,
    @Param('id', new IdPipe<ContactMergeId>('merge')) id: ContactMergeId,
    @By() by: Actor,
  ): Promise<MergeDto> {
    return this.desk.undo(tenant, id, by);
  }
}
