import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { IdentityProviderId } from '#domain';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { IdentityProviderDesk } from './identity-provider-desk.js';
import {
  IdentityProviderDto,
  IdentityProviderPageDto,
  IdentityProviderPatchDto,
  IdentityProviderQueryDto,
  IdentityProviderTestDto,
  NewIdentityProviderDto,
} from './identity-provider.dto.js';

const ID = new IdPipe<IdentityProviderId>('identity provider');

@ApiController('identity-providers', 'Single sign-on')
@For('either')
@May('manage')
@Needs('admin')
export class IdentityProvidersController {
  constructor(@Inject(IdentityProviderDesk) private readonly desk: IdentityProviderDesk) {}

  @Post()
  @Answers(201, 'Make an identity provider', {
    type: IdentityProviderDto,
    about:
      'A tenant’s makes people members of that tenant, and lets them act for no other. Test it before it is enforced.',
  })
  @Problems(409)
  create(@TheCaller() caller: Caller, @Body() draft: NewIdentityProviderDto): Promise<IdentityProviderDto> {
    return this.desk.create(caller, draft);
  }

  @Get()
  @Answers(200, 'List the identity providers', { type: IdentityProviderPageDto })
  list(
    @TheCaller() caller: Caller,
    @Query() query: IdentityProviderQueryDto,
  ): Promise<IdentityProviderPageDto> {
    return this.desk.list(caller, query);
  }

  @Get(':id')
  @Answers(200, 'Get an identity provider', { type: IdentityProviderDto })
  @Problems(404)
  get(@TheCaller() caller: Caller, @Param('id', ID) id: IdentityProviderId): Promise<IdentityProviderDto> {
    return this.desk.get(caller, id);
  }

  @Patch(':id')
  @Answers(200, 'Change an identity provider', {
    type: IdentityProviderDto,
    about:
      'With another `issuer` or `clientId` the secret is needed once more. With another `issuer`, `clientId`, other `domains`, or switched off, whoever came in by it is out.',
  })
  @Problems(404)
  patch(
    @TheCaller() caller: Caller,
    @Param('id', ID) id: IdentityProviderId,
    @Body() patch: IdentityProviderPatchDto,
  ): Promise<IdentityProviderDto> {
    return this.desk.patch(caller, id, patch);
  }

  @Post(':id/test')
  @Answers(200, 'Test an identity provider', {
    type: IdentityProviderTestDto,
    about: 'Asks it now what it is. Nothing is remembered of it.',
  })
  @Problems(404)
  test(
    @TheCaller() caller: Caller,
    @Param('id', ID) id: IdentityProviderId,
  ): Promise<IdentityProviderTestDto> {
    return this.desk.test(caller, id);
  }

  @Delete(':id')
  @Answers(204, 'Delete an identity provider', {
    about: 'Whoever came in by it is out. Members stay members.',
  })
  @Problems(404)
  remove(@TheCaller() caller: Caller, @Param('id', ID) id: IdentityProviderId): Promise<void> {
    return this.desk.remove(caller, id);
  }
}
