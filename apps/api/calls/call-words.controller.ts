import { Body, Inject, Param, Post, Put } from '@nestjs/common';
import type { CallId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant, TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { CallWordDesk } from './call-word-desk.js';
import { ChosenDto, ContactChoiceDto, NewNoteDto } from './call-word.dto.js';
import { CallNoteDto } from './call.dto.js';

const ID = new IdPipe<CallId>('call');

@ApiController('calls', 'Calls')
@May('handle')
export class CallWordsController {
  constructor(@Inject(CallWordDesk) private readonly desk: CallWordDesk) {}

  @Post(':id/notes')
  @Answers(202, 'Write a note on a call', {
    type: CallNoteDto,
    about:
      'What was said, or what came of it. It is told to your endpoints as `call.noted`, and stands in the call a moment later.',
  })
  @Problems(404, 409)
  note(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CallId,
    @Body() body: NewNoteDto,
    @TheCaller() caller: Caller,
  ): Promise<CallNoteDto> {
    return this.desk.note({ tenant, agentId: null }, id, body, caller);
  }

  @Put(':id/contact')
  @Answers(202, 'Say whose call it is', {
    type: ChosenDto,
    about:
      'One of several who have the number, any contact of the directory, or nobody. It stands in the call and on the screens a moment ' +
      'later, and is told with the events that follow; of a call that is over with `call.updated`.',
  })
  @Problems(404, 409)
  choose(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CallId,
    @Body() body: ContactChoiceDto,
    @TheCaller() caller: Caller,
  ): Promise<ChosenDto> {
    return this.desk.choose({ tenant, agentId: null }, id, body, caller);
  }
}
