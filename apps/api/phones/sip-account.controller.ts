import { Body, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { KeyPipe } from '../http/key.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { PhoneDesk } from './phone-desk.js';
import { SipAccountDto, SipAccountPutDto } from './phone.dto.js';

const ID = new IdPipe<ConnectionId>('connection');
const NUMBER = new KeyPipe('extension');

@ApiController('connections/:id/extensions/:number/sip-account', 'Web phone')
@May('manage')
export class SipAccountController {
  constructor(@Inject(PhoneDesk) private readonly desk: PhoneDesk) {}

  @Get()
  @Answers(200, 'Get the SIP account of an extension', {
    type: SipAccountDto,
    about: 'Without its password.',
  })
  @Problems(404)
  get(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Param('number', NUMBER) number: string,
  ): Promise<SipAccountDto> {
    return this.desk.account(tenant, id, number);
  }

  @Put()
  @Needs('admin')
  @Answers(200, 'Say with what an extension registers', {
    type: SipAccountDto,
    about: 'The password is kept sealed. Whoever the extension belongs to gets it by `GET /v1/me/phone`.',
  })
  @Problems(404)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) connectionId: ConnectionId,
    @Param('number', NUMBER) extension: string,
    @Body() account: SipAccountPutDto,
    @By() by: Actor,
  ): Promise<SipAccountDto> {
    return this.desk.putAccount(tenant, { connectionId, extension }, account, by);
  }

  @Delete()
  @Needs('admin')
  @Answers(204, 'Delete the SIP account of an extension')
  @Problems(404)
  remove(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Param('number', NUMBER) number: string,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.removeAccount(tenant, id, number, by);
  }
}
