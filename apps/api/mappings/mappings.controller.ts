import { Body, Get, Inject, Post } from '@nestjs/common';
import type { TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { MappingDesk } from './mapping-desk.js';
import { ShippedMappingListDto } from './mapping.dto.js';
import { TriedMappingDto, TryMappingDto } from './try.dto.js';
import { TrySample } from './try-sample.js';

@ApiController('dialects/generic', 'Dialects')
@May('manage')
export class MappingsController {
  constructor(
    @Inject(MappingDesk) private readonly desk: MappingDesk,
    @Inject(TrySample) private readonly sample: TrySample,
  ) {}

  @Get('mappings')
  @May('see')
  @Answers(200, 'List the mappings that come with this version', { type: ShippedMappingListDto })
  list(): ShippedMappingListDto {
    return this.desk.list();
  }

  @Post('try')
  @Answers(200, 'Try a mapping with a message', {
    type: TriedMappingDto,
    about:
      'Says which call the message would make, and where each of its fields was found. Nothing is stored.',
  })
  @Problems(404, 409)
  try(@Tenant() tenant: TenantId, @Body() wish: TryMappingDto): Promise<TriedMappingDto> {
    return this.sample.try(tenant, wish);
  }
}
