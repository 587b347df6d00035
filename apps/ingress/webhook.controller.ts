import { All, Controller, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TakeWebhook } from './take-webhook.js';

const NOTHING = new Uint8Array();

@ApiExcludeController()
@Controller('in')
export class WebhookController {
  constructor(@Inject(TakeWebhook) private readonly takeWebhook: TakeWebhook) {}

  @All(':token/:dialect/:route')
  async take(
    @Param() { token, dialect, route }: { token: string; dialect: string; route: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = await this.takeWebhook.take({
      token,
      dialect,
      route,
      method: request.method,
      query: request.url.split('?')[1] ?? '',
      headers: request.headers as Record<string, string | undefined>,
      body: request.body instanceof Uint8Array ? request.body : NOTHING,
      sourceIp: request.ip,
    });
    await reply.header('content-type', answer.contentType).send(answer.body);
  }
}
