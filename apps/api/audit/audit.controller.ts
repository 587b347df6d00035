import { Get, Inject, Query } from '@nestjs/common';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { AuditDesk } from './audit-desk.js';
import { AuditPageDto, AuditQueryDto } from './audit.dto.js';

@ApiController('audit', 'Audit')
@May('manage')
@For('either')
@Needs('admin')
export class AuditController {
  constructor(@Inject(AuditDesk) private readonly desk: AuditDesk) {}

  @Get()
  @Answers(200, 'List changes', { type: AuditPageDto })
  list(@TheCaller() caller: Caller, @Query() query: AuditQueryDto): Promise<AuditPageDto> {
    return this.desk.list(caller, query);
  }
}
