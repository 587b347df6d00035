import { Body, Inject, Param, Post } from '@nestjs/common';
import type { Actor, CallId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { RecordingLinkDesk } from './recording-link-desk.js';
import { LinksRevokedDto, NewRecordingLinkDto, RecordingLinkDto } from './recording-link.dto.js';

const ID = new IdPipe<CallId>('call');

@ApiController('calls', 'Recordings')
@May('handle')
export class RecordingLinksController {
  constructor(@Inject(RecordingLinkDesk) private readonly desk: RecordingLinkDesk) {}

  @Post(':id/recordings/:index/link')
  @Answers(201, 'Give out a link to a recording', {
    type: RecordingLinkDto,
    about: '`index` is the place in the call’s `recordings`; 0 is the first.',
  })
  @Problems(404)
  give(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CallId,
    @Param('index') index: string,
    @Body() wish: NewRecordingLinkDto,
  ): Promise<RecordingLinkDto> {
    return this.desk.give(tenant, id, index, wish);
  }

  @Post(':id/recording-links/revoke')
  @Answers(200, 'Revoke all links to recordings of a call', {
    type: LinksRevokedDto,
    about: 'Those that CRMs have stop working as well. New ones can be given out.',
  })
  @Problems(404)
  revoke(@Tenant() tenant: TenantId, @Param('id', ID) id: CallId, @By() by: Actor): Promise<LinksRevokedDto> {
    return this.desk.revoke(tenant, id, by);
  }
}
