import { Body, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { PhoneDesk } from './phone-desk.js';
import { WebPhoneDto, WebPhonePutDto } from './phone.dto.js';

const ID = new IdPipe<ConnectionId>('connection');

@ApiController('connections/:id/web-phone', 'Web phone')
@May('manage')
export class WebPhoneController {
  constructor(@Inject(PhoneDesk) private readonly desk: PhoneDesk) {}

  @Get()
  @Answers(200, 'Get where phones in browsers register', { type: WebPhoneDto, about: 'Without the secret.' })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId): Promise<WebPhoneDto> {
    return this.desk.settings(tenant, id);
  }

  @Put()
  @Needs('admin')
  @Answers(200, 'Say where phones in browsers register', {
    type: WebPhoneDto,
    about:
      'Replaces all of it, but for a secret that is left out. An agent has a phone in the browser when their extension has a SIP account too.',
  })
  @Problems(404)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Body() settings: WebPhonePutDto,
    @By() by: Actor,
  ): Promise<WebPhoneDto> {
    return this.desk.putSettings(tenant, id, settings, by);
  }

  @Delete()
  @Needs('admin')
  @Answers(204, 'No longer have phones in browsers', { about: 'The SIP accounts of extensions stay.' })
  @Problems(404)
  remove(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId, @By() by: Actor): Promise<void> {
    return this.desk.removeSettings(tenant, id, by);
  }
}
