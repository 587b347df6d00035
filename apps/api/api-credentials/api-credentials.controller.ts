import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { Actor, ApiCredentialId, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ChangesVersion, ShowsVersion } from '../versions/versioned.decorator.js';
import { ApiCredentialDesk } from './api-credential-desk.js';
import {
  ApiCredentialDto,
  ApiCredentialOnceDto,
  ApiCredentialPageDto,
  ApiCredentialPatchDto,
  ApiCredentialQueryDto,
  NewApiCredentialDto,
} from './api-credential.dto.js';

const ID = new IdPipe<ApiCredentialId>('API credential');

@ApiController('api-credentials', 'API credentials')
@May('manage')
@Needs('admin')
export class ApiCredentialsController {
  constructor(@Inject(ApiCredentialDesk) private readonly desk: ApiCredentialDesk) {}

  @Post()
  @Answers(201, 'Let software in that was written for a vendor', {
    type: ApiCredentialOnceDto,
    about: 'The secret is in this answer and nowhere else, unless the tenant has brought its own.',
  })
  @Problems(404, 409)
  create(
    @Tenant() tenant: TenantId,
    @Body() draft: NewApiCredentialDto,
    @By() by: Actor,
  ): Promise<ApiCredentialOnceDto> {
    return this.desk.create(tenant, draft, by);
  }

  @Get()
  @Answers(200, 'List API credentials', { type: ApiCredentialPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: ApiCredentialQueryDto): Promise<ApiCredentialPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @ShowsVersion()
  @Answers(200, 'Get an API credential', { type: ApiCredentialDto, about: 'Without its secret.' })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ApiCredentialId): Promise<ApiCredentialDto> {
    return this.desk.get(tenant, id);
  }

  @Patch(':id')
  @ChangesVersion()
  @Answers(200, 'Change an API credential', {
    type: ApiCredentialDto,
    about: 'Its secret, vendor and connection stay: make another one for another.',
  })
  @Problems(404)
  patch(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ApiCredentialId,
    @Body() patch: ApiCredentialPatchDto,
    @By() by: Actor,
  ): Promise<ApiCredentialDto> {
    return this.desk.patch(tenant, id, patch, by);
  }

  @Delete(':id')
  @ChangesVersion()
  @Answers(204, 'Revoke an API credential', {
    about: 'It stays in the list, and nobody is given its secret again.',
  })
  @Problems(404)
  revoke(@Tenant() tenant: TenantId, @Param('id', ID) id: ApiCredentialId, @By() by: Actor): Promise<void> {
    return this.desk.revoke(tenant, id, by);
  }
}
