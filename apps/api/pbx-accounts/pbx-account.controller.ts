import { Body, Delete, Get, Inject, Param, Post, Put } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { PbxAccountDesk } from './pbx-account-desk.js';
import { PbxAccountDto, PbxAccountPutDto, PbxAccountTestedDto } from './pbx-account.dto.js';
import { TestPbxAccount } from './test-pbx-account.js';

const ID = new IdPipe<ConnectionId>('connection');

@ApiController('connections/:id/pbx-account', 'PBX control')
@May('manage')
export class PbxAccountController {
  constructor(
    @Inject(PbxAccountDesk) private readonly desk: PbxAccountDesk,
    @Inject(TestPbxAccount) private readonly tester: TestPbxAccount,
  ) {}

  @Get()
  @Answers(200, 'Get how a PBX is commanded', { type: PbxAccountDto, about: 'Without the secrets.' })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId): Promise<PbxAccountDto> {
    return this.desk.get(tenant, id);
  }

  @Put()
  @Needs('admin')
  @Answers(200, 'Say how a PBX is commanded', {
    type: PbxAccountDto,
    about:
      'Replaces all of it, but for secrets that are left out. `pbx.no_driver` (409): no driver of `/v1/pbx-drivers` is for the connection’s dialect.',
  })
  @Problems(404, 409)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Body() account: PbxAccountPutDto,
    @By() by: Actor,
  ): Promise<PbxAccountDto> {
    return this.desk.put(tenant, id, account, by);
  }

  @Post('test')
  @Answers(200, 'Try how a PBX is commanded', {
    type: PbxAccountTestedDto,
    about:
      'Asks the PBX something that changes nothing, within 10 seconds, also with a switched-off account.',
  })
  @Problems(404, 409)
  test(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId): Promise<PbxAccountTestedDto> {
    return this.tester.test(tenant, id);
  }

  @Delete()
  @Answers(204, 'No longer command a PBX', { about: 'Its calls and its connection stay.' })
  @Problems(404)
  remove(@Tenant() tenant: TenantId, @Param('id', ID) id: ConnectionId, @By() by: Actor): Promise<void> {
    return this.desk.remove(tenant, id, by);
  }
}
