import { Body, Inject, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import { personIn, type Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { PasswordProofDto, RecoveryCodesDto, TotpCodeDto, TotpSecretDto } from './second-factor.dto.js';
import { SessionDesk } from './session-desk.js';
import { Visit } from './visit.js';

/** The second factor of the person who asks. */
@ApiController('session/totp', 'Signing in')
@For('either')
@May('own')
@Needs('read')
export class SecondFactorController {
  constructor(
    @Inject(SessionDesk) private readonly desk: SessionDesk,
    @Inject(Visit) private readonly visit: Visit,
  ) {}

  @Post()
  @Answers(201, 'Begin with a second factor', {
    type: TotpSecretDto,
    about: 'A secret for an app such as a phone’s (RFC 6238). It counts when its first code comes.',
  })
  @Problems(409)
  begin(
    @TheCaller() caller: Caller,
    @Body() proof: PasswordProofDto,
    @Req() request: FastifyRequest,
  ): Promise<TotpSecretDto> {
    return this.desk.beginTotp(personIn(caller), proof, this.visit.sourceOf(request));
  }

  @Put()
  @Answers(200, 'Switch my second factor on', {
    type: RecoveryCodesDto,
    about: 'With its first code. All sessions end, and this browser gets a new one.',
  })
  @Problems(409)
  async switchOn(
    @TheCaller() caller: Caller,
    @Body() { code }: TotpCodeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodesDto> {
    const from = { browser: this.visit.browserOf(request), source: this.visit.sourceOf(request) };
    const { opened, codes } = await this.desk.switchTotpOn(personIn(caller), code, from);
    this.visit.begin(reply, opened);
    return codes;
  }

  @Post('off')
  @Answers(204, 'Switch my second factor off', { about: 'All sessions end.' })
  async switchOff(
    @TheCaller() caller: Caller,
    @Body() proof: PasswordProofDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.desk.switchTotpOff(personIn(caller), proof, this.visit.sourceOf(request));
    this.visit.end(reply);
  }
}
