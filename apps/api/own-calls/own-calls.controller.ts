import { Body, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { CallId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant, TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { ownAgent } from '../access/own-agent.js';
import { CallWordDesk } from '../calls/call-word-desk.js';
import { ChosenDto, ContactChoiceDto, NewNoteDto } from '../calls/call-word.dto.js';
import { CallNoteDto } from '../calls/call.dto.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { OwnCallDesk } from './own-call-desk.js';
import { OwnCallPageDto, OwnCallQueryDto, OwnPopupsDto, SeenCountDto, SeenDto } from './own-call.dto.js';

const ID = new IdPipe<CallId>('call');

/** For agents: whoever signed in and is linked to one. */
@ApiController('me', 'Me')
@May('own')
export class OwnCallsController {
  constructor(
    @Inject(OwnCallDesk) private readonly desk: OwnCallDesk,
    @Inject(CallWordDesk) private readonly words: CallWordDesk,
  ) {}

  @Get('calls')
  @Answers(200, 'List my calls', {
    type: OwnCallPageDto,
    about: 'Those that were on your phone or your screen, of the last 90 days.',
  })
  @Problems(409)
  list(
    @Tenant() tenant: TenantId,
    @TheCaller() caller: Caller,
    @Query() query: OwnCallQueryDto,
  ): Promise<OwnCallPageDto> {
    return this.desk.list(tenant, ownAgent(caller), query);
  }

  @Put('calls/seen')
  @Answers(200, 'Say which missed calls I have seen', {
    type: SeenCountDto,
    about:
      'Others that are not yours, or were not missed, are passed over. For you alone: a colleague sees them still.',
  })
  @Problems(409)
  see(@Tenant() tenant: TenantId, @TheCaller() caller: Caller, @Body() body: SeenDto): Promise<SeenCountDto> {
    return this.desk.see(tenant, ownAgent(caller), body);
  }

  @Get('popups')
  @Answers(200, 'List the calls on my screen', {
    type: OwnPopupsDto,
    about: 'For whoever has no socket; the live channel at /live tells them as they come.',
  })
  @Problems(409)
  popups(@Tenant() tenant: TenantId, @TheCaller() caller: Caller): Promise<OwnPopupsDto> {
    return this.desk.popups(tenant, ownAgent(caller));
  }

  @Post('calls/:id/notes')
  @Answers(202, 'Write a note on a call of mine', { type: CallNoteDto })
  @Problems(404, 409)
  note(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CallId,
    @Body() body: NewNoteDto,
    @TheCaller() caller: Caller,
  ): Promise<CallNoteDto> {
    return this.words.note({ tenant, agentId: ownAgent(caller) }, id, body, caller);
  }

  @Put('calls/:id/contact')
  @Answers(202, 'Say whose call of mine it is', { type: ChosenDto })
  @Problems(404, 409)
  choose(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: CallId,
    @Body() body: ContactChoiceDto,
    @TheCaller() caller: Caller,
  ): Promise<ChosenDto> {
    return this.words.choose({ tenant, agentId: ownAgent(caller) }, id, body, caller);
  }
}
