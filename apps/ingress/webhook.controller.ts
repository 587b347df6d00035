import { All, Controller, Inject, Options, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import { TakeWebhook, type Address } from './take-webhook.js';

const NOTHING = new Uint8Array();
const METHODS = 'GET, POST, HEAD, OPTIONS';
/** For how long a browser may remember what it was allowed; none remembers for longer than a day. */
const ALLOWED_FOR_SECONDS = 86_400;

/** What follows the first question mark; a second one belongs to the query. */
function queryOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

/**
 * PBXs, and the browser extension of an agent's phone (origin `chrome-extension://...`): any page may read an answer, as
 * what protects it is the secret in the URL and no cookie.
 */
@ApiExcludeController()
@Controller('in')
export class WebhookController {
  constructor(@Inject(TakeWebhook) private readonly takeWebhook: TakeWebhook) {}

  @All(':token/:dialect/:route')
  async take(
    @Param() address: Address,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    void reply.header('access-control-allow-origin', '*');
    switch (request.method) {
      case 'OPTIONS':
        return this.allow(request, reply);
      case 'HEAD':
        await this.takeWebhook.look(address);
        return reply.send();
      case 'GET':
      case 'POST': {
        const answer = await this.takeWebhook.take({ ...address, ...webhookOf(request) });
        return reply.header('content-type', answer.contentType).send(answer.body);
      }
      default:
        throw new AppError('rejected', 'ingress.method', 'Webhooks come by GET or POST.', { status: 405 });
    }
  }

  /** Says the same of every URL, so that nobody learns which there are. */
  @Options('*')
  async allow(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const headers = request.headers['access-control-request-headers'] ?? 'content-type';
    await reply
      .header('access-control-allow-origin', '*')
      .header('access-control-allow-methods', METHODS)
      .header('access-control-allow-headers', headers)
      .header('access-control-max-age', ALLOWED_FOR_SECONDS)
      .status(204)
      .send();
  }
}

function webhookOf(request: FastifyRequest) {
  return {
    method: request.method,
    query: queryOf(request.url),
    headers: request.headers as Record<string, string | undefined>,
    body: request.body instanceof Uint8Array ? request.body : NOTHING,
    sourceIp: request.ip,
  };
}
