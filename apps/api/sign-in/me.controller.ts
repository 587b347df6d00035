import { Get, Inject } from '@nestjs/common';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { MeDesk } from './me-desk.js';
import { MeDto } from './me.dto.js';

@ApiController('me', 'Me')
@For('either')
@May('own')
@Needs('read')
export class MeController {
  constructor(@Inject(MeDesk) private readonly desk: MeDesk) {}

  @Get()
  @Answers(200, 'Who am I to this tenant?', { type: MeDto })
  get(@TheCaller() caller: Caller): Promise<MeDto> {
    return this.desk.get(caller);
  }
}
