import { Body, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers } from '../http/answers.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { LinkDesk } from './link-desk.js';
import { ForgottenDto, LinkLookDto, LinkUseDto, SeenLinkDto } from './link.dto.js';
import { OpenController } from './open-controller.decorator.js';
import { SessionDto } from './session.dto.js';
import { Visit } from './visit.js';

/** For who holds a link, or asks for one. */
@OpenController('links', 'Signing in')
export class LinksController {
  constructor(
    @Inject(LinkDesk) private readonly desk: LinkDesk,
    @Inject(Visit) private readonly visit: Visit,
  ) {}

  @Post('look')
  @Answers(200, 'What is this link for?', { type: SeenLinkDto })
  @Problems(404)
  look(@Body() { token }: LinkLookDto, @Req() request: FastifyRequest): Promise<SeenLinkDto> {
    return this.desk.look(token, this.visit.sourceOf(request));
  }

  @Post('use')
  @Answers(201, 'Use a link', {
    type: SessionDto,
    about: 'Signs its holder in, with a new name or password where it asks for one.',
  })
  @Problems(404, 409)
  async use(
    @Body() order: LinkUseDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const from = { browser: this.visit.browserOf(request), source: this.visit.sourceOf(request) };
    return this.visit.begin(reply, await this.desk.use(order, from));
  }

  @Post('forgotten')
  @Answers(202, 'Ask for a new password', {
    about:
      'Mails a link, if there is such a person and the installation has a mail server. The answer is the same for all.',
  })
  forgotten(@Body() { email }: ForgottenDto, @Req() request: FastifyRequest): Promise<void> {
    return this.desk.forgotten(email, this.visit.sourceOf(request));
  }
}
