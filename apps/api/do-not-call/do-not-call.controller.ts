import { Body, Get, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import type { Actor, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { KeyPipe } from '../http/key.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { DoNotCallDesk } from './do-not-call-desk.js';
import {
  DoNotCallQueryDto,
  ListedDto,
  ListedNumberDto,
  ListedNumberPageDto,
  ListedNumberQueryDto,
  NewListedNumbersDto,
  RegistryAnswersDto,
  RegistryKeptDto,
  UnlistedDto,
  UnlistedNumbersDto,
} from './do-not-call.dto.js';

const FILE = { type: 'string', format: 'binary' } as const;

@ApiController('do-not-call', 'Do not call')
@May('handle')
export class DoNotCallController {
  constructor(@Inject(DoNotCallDesk) private readonly desk: DoNotCallDesk) {}

  @Post()
  @Answers(200, 'Put numbers on the list', {
    type: ListedDto,
    about: 'From then on nobody is connected to them. What is on it already stays as it is.',
  })
  add(@Tenant() tenant: TenantId, @Body() body: NewListedNumbersDto, @By() by: Actor): Promise<ListedDto> {
    return this.desk.add(tenant, body, by);
  }

  @Post('remove')
  @Answers(200, 'Take numbers off the list', { type: UnlistedDto })
  remove(
    @Tenant() tenant: TenantId,
    @Body() body: UnlistedNumbersDto,
    @By() by: Actor,
  ): Promise<UnlistedDto> {
    return this.desk.remove(tenant, body, by);
  }

  @Post('registry')
  @Answers(200, 'Say what a public registry said of numbers', {
    type: RegistryKeptDto,
    about:
      'Switchhook asks no registry itself. Campaigns whose rules have `registryDays` call a number only where it was asked within so ' +
      'many days; leads wait for that. One that is on the registry is called only with an agreement that holds (`consentAt`).',
  })
  registry(
    @Tenant() tenant: TenantId,
    @Body() body: RegistryAnswersDto,
    @By() by: Actor,
  ): Promise<RegistryKeptDto> {
    return this.desk.registry(tenant, body, by);
  }

  @Get()
  @May('see')
  @Answers(200, 'List the numbers that are not called', { type: ListedNumberPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: DoNotCallQueryDto): Promise<ListedNumberPageDto> {
    return this.desk.page(tenant, query);
  }

  @Get('export')
  @ApiOperation({ summary: 'Give the list out as a file' })
  @ApiProduces('text/csv')
  @ApiResponse({
    status: 200,
    description: 'All of it, in the order of the numbers.',
    content: { 'text/csv': { schema: FILE } },
  })
  export(@Tenant() tenant: TenantId): StreamableFile {
    return new StreamableFile(Readable.from(this.desk.export(tenant)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="do-not-call.csv"',
    });
  }

  @Get(':number')
  @May('see')
  @Answers(200, 'Ask whether a number is on the list', {
    type: ListedNumberDto,
    about: '404 says that it may be called. Any spelling of the number will do.',
  })
  @Problems(404)
  get(
    @Tenant() tenant: TenantId,
    @Param('number', new KeyPipe('number on the list')) number: string,
    @Query() { country }: ListedNumberQueryDto,
  ): Promise<ListedNumberDto> {
    return this.desk.get(tenant, number, country);
  }
}
