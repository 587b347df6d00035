import { Body, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { LinkId } from '#domain';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { MemberDesk } from './member-desk.js';
import { InvitationOnceDto, InvitationPageDto, MemberQueryDto, NewInvitationDto } from './member.dto.js';

@ApiController('invitations', 'Users')
@For('either')
@May('manage')
@Needs('admin')
export class InvitationsController {
  constructor(@Inject(MemberDesk) private readonly desk: MemberDesk) {}

  @Post()
  @Answers(201, 'Invite somebody', {
    type: InvitationOnceDto,
    about:
      'The link works once and for 7 days. It is in this answer, and mailed where the installation has a mail server.',
  })
  create(@TheCaller() caller: Caller, @Body() draft: NewInvitationDto): Promise<InvitationOnceDto> {
    return this.desk.invite(caller, draft);
  }

  @Get()
  @Answers(200, 'List open invitations', { type: InvitationPageDto })
  list(@TheCaller() caller: Caller, @Query() query: MemberQueryDto): Promise<InvitationPageDto> {
    return this.desk.invitations(caller, query);
  }

  @Delete(':id')
  @Answers(204, 'Withdraw an invitation')
  @Problems(404)
  remove(
    @TheCaller() caller: Caller,
    @Param('id', new IdPipe<LinkId>('invitation')) id: LinkId,
  ): Promise<void> {
    return this.desk.withdraw(caller, id);
  }
}
