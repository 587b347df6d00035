import { Body, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers } from '../http/answers.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { OpenController } from '../sign-in/open-controller.decorator.js';
import { Visit } from '../sign-in/visit.js';
import { OidcDesk } from './oidc-desk.js';
import { OidcVisit } from './oidc-visit.js';
import { KnownProviderListDto, OidcBeginDto, OidcDepartureDto, ProvidersQueryDto } from './oidc.dto.js';

/** For who has not signed in yet, and is known elsewhere. */
@OpenController('sign-in', 'Single sign-on')
export class OidcController {
  constructor(
    @Inject(OidcDesk) private readonly desk: OidcDesk,
    @Inject(Visit) private readonly visit: Visit,
    @Inject(OidcVisit) private readonly oidcVisit: OidcVisit,
  ) {}

  @Get('providers')
  @Answers(200, 'Who answers for an e-mail address?', {
    type: KnownProviderListDto,
    about: 'By its domain alone: the answer is the same whether there is such a person or not.',
  })
  providers(@Query() { email }: ProvidersQueryDto): Promise<KnownProviderListDto> {
    return this.desk.providers(email);
  }

  @Post('oidc')
  @Answers(201, 'Begin to sign in by an identity provider', {
    type: OidcDepartureDto,
    about:
      'Sets a cookie for ten minutes, and says where the browser goes (code flow with PKCE, state and nonce). The provider sends it back to `/sign-in/oidc/callback`, which sets the cookie of the session and goes on to `returnTo`.',
  })
  @Problems(404, 409)
  async begin(
    @Body() order: OidcBeginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OidcDepartureDto> {
    const { url, token } = await this.desk.begin(order, this.visit.sourceOf(request));
    void reply.header('set-cookie', this.oidcVisit.leave(token));
    return { url };
  }
}
