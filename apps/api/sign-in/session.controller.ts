import { Body, Delete, Get, Inject, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import { personIn, type Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { SessionDesk } from './session-desk.js';
import { PasswordChangeDto, SessionDto } from './session.dto.js';
import { Visit } from './visit.js';

/** The session that asks. */
@ApiController('session', 'Signing in')
@For('either')
@May('own')
@Needs('read')
export class SessionController {
  constructor(
    @Inject(SessionDesk) private readonly desk: SessionDesk,
    @Inject(Visit) private readonly visit: Visit,
  ) {}

  @Get()
  @Answers(200, 'Who am I?', { type: SessionDto })
  get(@TheCaller() caller: Caller): SessionDto {
    return this.desk.show(personIn(caller));
  }

  @Delete()
  @Answers(204, 'Sign out')
  async signOut(@TheCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.desk.signOut(personIn(caller));
    this.visit.end(reply);
  }

  @Put('password')
  @Answers(200, 'Change my password', {
    type: SessionDto,
    about: 'All sessions end, and this browser gets a new one.',
  })
  async changePassword(
    @TheCaller() caller: Caller,
    @Body() change: PasswordChangeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const from = { browser: this.visit.browserOf(request), source: this.visit.sourceOf(request) };
    return this.visit.begin(reply, await this.desk.changePassword(personIn(caller), change, from));
  }
}
