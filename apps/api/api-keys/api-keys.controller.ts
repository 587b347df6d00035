import { Body, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { ApiKeyId } from '#domain';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ApiKeyDesk } from './api-key-desk.js';
import { ApiKeyOnceDto, ApiKeyPageDto, ApiKeyQueryDto, NewApiKeyDto } from './api-key.dto.js';

@ApiController('api-keys', 'API keys')
@May('manage')
@For('either')
@Needs('admin')
export class ApiKeysController {
  constructor(@Inject(ApiKeyDesk) private readonly desk: ApiKeyDesk) {}

  @Post()
  @Answers(201, 'Make an API key', {
    type: ApiKeyOnceDto,
    about: 'The key is in this answer and nowhere else.',
  })
  create(@TheCaller() caller: Caller, @Body() draft: NewApiKeyDto): Promise<ApiKeyOnceDto> {
    return this.desk.create(caller, draft);
  }

  @Get()
  @Answers(200, 'List API keys', { type: ApiKeyPageDto })
  list(@TheCaller() caller: Caller, @Query() query: ApiKeyQueryDto): Promise<ApiKeyPageDto> {
    return this.desk.list(caller, query);
  }

  @Delete(':id')
  @Answers(204, 'Revoke an API key', {
    about: 'It is refused at once; other processes notice within three seconds.',
  })
  @Problems(404, 409)
  revoke(
    @TheCaller() caller: Caller,
    @Param('id', new IdPipe<ApiKeyId>('API key')) id: ApiKeyId,
  ): Promise<void> {
    return this.desk.revoke(caller, id);
  }
}
