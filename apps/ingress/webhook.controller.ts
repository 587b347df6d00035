import { All, Controller, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import { TakeWebhook } from './take-webhook.js';

const NOTHING = new Uint8Array();
const METHODS = ['GET', 'POST'];

/** What follows the first question mark; a second one belongs to the query. */
function queryOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

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
    if (!METHODS.includes(request.method)) {
      throw new AppError('rejected', 'ingress.method', 'Webhooks come by GET or POST.', { status: 405 });
    }
    const answer = await this.takeWebhook.take({
      token,
      dialect,
      route,
      method: request.method,
      query: queryOf(request.url),
      headers: request.headers as Record<string, string | undefined>,
      body: request.body instanceof Uint8Array ? request.body : NOTHING,
      sourceIp: request.ip,
    });
    await reply.header('content-type', answer.contentType).send(answer.body);
  }
}
