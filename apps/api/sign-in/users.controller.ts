import { Body, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { UserId } from '#domain';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { MemberDesk } from './member-desk.js';
import { MemberDto, MemberPageDto, MemberPatchDto, MemberQueryDto, ResetOnceDto } from './member.dto.js';

const ID = new IdPipe<UserId>('member');

@ApiController('users', 'Users')
@For('either')
@May('manage')
@Needs('admin')
export class UsersController {
  constructor(@Inject(MemberDesk) private readonly desk: MemberDesk) {}

  @Get()
  @Answers(200, 'List members', { type: MemberPageDto })
  list(@TheCaller() caller: Caller, @Query() query: MemberQueryDto): Promise<MemberPageDto> {
    return this.desk.list(caller, query);
  }

  @Get(':id')
  @Answers(200, 'Get a member', { type: MemberDto })
  @Problems(404)
  get(@TheCaller() caller: Caller, @Param('id', ID) id: UserId): Promise<MemberDto> {
    return this.desk.get(caller, id);
  }

  @Patch(':id')
  @For('tenant')
  @Answers(200, 'Change what a member may do', {
    type: MemberDto,
    about: 'With another role they sign in again.',
  })
  @Problems(404)
  patch(
    @TheCaller() caller: Caller,
    @Param('id', ID) id: UserId,
    @Body() patch: MemberPatchDto,
  ): Promise<MemberDto> {
    return this.desk.patch(caller, id, patch);
  }

  @Delete(':id')
  @Answers(204, 'Remove a member', {
    about: 'Their sessions end. What they are to other tenants stays. The last operator cannot be removed.',
  })
  @Problems(404, 409)
  remove(@TheCaller() caller: Caller, @Param('id', ID) id: UserId): Promise<void> {
    return this.desk.remove(caller, id);
  }

  @Delete(':id/second-factor')
  @Answers(204, 'Switch off the second factor of a member', {
    about:
      'For who has lost it. Their sessions end. For who belongs to other tenants too, only operators may.',
  })
  @Problems(404)
  switchTotpOff(@TheCaller() caller: Caller, @Param('id', ID) id: UserId): Promise<void> {
    return this.desk.switchTotpOff(caller, id);
  }

  @Post(':id/password-reset')
  @Answers(201, 'Make a link for a new password', {
    type: ResetOnceDto,
    about: 'For who belongs to other tenants too, only operators may.',
  })
  @Problems(404)
  reset(@TheCaller() caller: Caller, @Param('id', ID) id: UserId): Promise<ResetOnceDto> {
    return this.desk.reset(caller, id);
  }
}
