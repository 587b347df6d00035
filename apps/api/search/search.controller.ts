import { Get, Inject, Query } from '@nestjs/common';
import type { TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { SearchDesk } from './search-desk.js';
import { SearchAnswerDto, SearchQueryDto } from './search.dto.js';

@May('see')
@ApiController('search', 'Overview')
export class SearchController {
  constructor(@Inject(SearchDesk) private readonly desk: SearchDesk) {}

  @Get()
  @Answers(200, 'Find anything', { type: SearchAnswerDto })
  find(@Tenant() tenant: TenantId, @Query() query: SearchQueryDto): Promise<SearchAnswerDto> {
    return this.desk.find(tenant, query.q);
  }
}
