import { Delete, Get, Inject, Param } from '@nestjs/common';
import type { SessionId } from '#domain';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import { personIn, type Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { SessionDesk } from './session-desk.js';
import { SessionListDto } from './session.dto.js';

/** All sessions of the person who asks. */
@ApiController('sessions', 'Signing in')
@For('either')
@May('own')
@Needs('read')
export class SessionsController {
  constructor(@Inject(SessionDesk) private readonly desk: SessionDesk) {}

  @Get()
  @Answers(200, 'List my sessions', { type: SessionListDto })
  async list(@TheCaller() caller: Caller): Promise<SessionListDto> {
    return { data: await this.desk.list(personIn(caller)) };
  }

  @Delete()
  @Answers(204, 'End my other sessions')
  endOthers(@TheCaller() caller: Caller): Promise<void> {
    return this.desk.endOthers(personIn(caller));
  }

  @Delete(':id')
  @Answers(204, 'End a session of mine', {
    about: 'It is refused at once; other processes notice within three seconds.',
  })
  @Problems(404)
  end(
    @TheCaller() caller: Caller,
    @Param('id', new IdPipe<SessionId>('session')) id: SessionId,
  ): Promise<void> {
    return this.desk.end(personIn(caller), id);
  }
}
