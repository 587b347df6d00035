import { Body, Get, Inject, Param, Put } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { RecordingAccessDesk } from './recording-access-desk.js';
import { RecordingAccessDto, RecordingAccessPutDto } from './recording-access.dto.js';

const ID = new IdPipe<ConnectionId>('connection');

@ApiController('connections/:id/recording-access', 'Recordings')
@May('manage')
export class RecordingAccessController {
  constructor(@Inject(RecordingAccessDesk) private readonly desk: RecordingAccessDesk) {}

  @Get()
  @Answers(200, 'Get how recordings are fetched', { type: RecordingAccessDto, about: 'Without the secrets.' })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId): Promise<RecordingAccessDto> {
    return this.desk.get(tenant, id);
  }

  @Put()
  @Needs('admin')
  @Answers(200, 'Say how recordings are fetched', {
    type: RecordingAccessDto,
    about:
      'Replaces all of it. Once there are credentials or a template, CRMs are no longer told where the PBX keeps its ' +
      'recordings, only our links.',
  })
  @Problems(404)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Body() access: RecordingAccessPutDto,
    @By() by: Actor,
  ): Promise<RecordingAccessDto> {
    return this.desk.put(tenant, id, access, by);
  }
}
