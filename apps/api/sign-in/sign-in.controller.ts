import { Body, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers } from '../http/answers.decorator.js';
import { OpenController } from './open-controller.decorator.js';
import { SessionDesk } from './session-desk.js';
import { SessionDto, SignInDto } from './session.dto.js';
import { Visit } from './visit.js';

/** For who has not signed in yet. */
@OpenController('session', 'Signing in')
export class SignInController {
  constructor(
    @Inject(SessionDesk) private readonly desk: SessionDesk,
    @Inject(Visit) private readonly visit: Visit,
  ) {}

  @Post()
  @Answers(201, 'Sign in', {
    type: SessionDto,
    about:
      'Sets the cookie of the session. Who there is nobody and who has another password get the same answer after the same time; ' +
      'after 10 wrong ones an account, after 50 an address has to wait.',
  })
  async signIn(
    @Body() order: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const browser = this.visit.browserOf(request);
    return this.visit.begin(reply, await this.desk.signIn(order, browser, this.visit.sourceOf(request)));
  }
}
