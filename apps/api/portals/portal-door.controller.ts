import { Body, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Answers } from '../http/answers.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { OpenController } from '../sign-in/open-controller.decorator.js';
import { Visit } from '../sign-in/visit.js';
import { PortalDesk } from './portal-desk.js';
import { PortalCodeDto, PortalTokenOnceDto } from './portal.dto.js';

/** For who holds a portal link. */
@OpenController('portal-session', 'Portals')
export class PortalDoorController {
  constructor(
    @Inject(PortalDesk) private readonly desk: PortalDesk,
    @Inject(Visit) private readonly visit: Visit,
  ) {}

  @Post()
  @Answers(201, 'Open a portal', {
    type: PortalTokenOnceDto,
    about:
      'Trades the code of a link, which works once, for a token. Sets no cookie, so it works in any frame.',
  })
  @Problems(404)
  open(@Body() { code }: PortalCodeDto, @Req() request: FastifyRequest): Promise<PortalTokenOnceDto> {
    return this.desk.open(code, this.visit.sourceOf(request));
  }
}
