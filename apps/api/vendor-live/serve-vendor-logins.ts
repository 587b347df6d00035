import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sourceAddress, sourceKey } from '#platform';
import type { LoginAnswer, LoginAnswers } from './login-answers.js';
import type { Origin } from './log-in.js';

export interface ServeVendorLoginsParts {
  answers: LoginAnswers;
  /** Proxies of our own in front: see `sourceAddress`. */
  hops: number;
}

/** A login is small. */
const MOST_BYTES = 16 * 1024;

/**
 * Pages of anybody's may ask: what they show is in what they send, and no cookie is looked at. Source of the header names: what the
 * vendor's clients send.
 */
const FROM_ANYWHERE = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'content-type, authorization, system',
  'access-control-max-age': '86400',
};

/** Serves the vendor's login, its refresh and its settings under the vendor's own paths, in the two cases that clients write. */
export function serveVendorLogins(fastify: FastifyInstance, parts: ServeVendorLoginsParts): void {
  // Its own readers of bodies: these clients call their JSON anything.
  void fastify.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    const options = { parseAs: 'string', bodyLimit: MOST_BYTES } as const;
    scope.addContentTypeParser('*', options, (_request, body, parsed) => {
      parsed(null, body);
    });
    for (const base of ['/monitorAPI', '/monitorapi', '/MonitorAPI']) serveBelow(scope, base, parts);
    done();
  });
}

function serveBelow(
  fastify: Pick<FastifyInstance, 'route'>,
  base: string,
  { answers, hops }: ServeVendorLoginsParts,
): void {
  const serve = (
    paths: string[],
    answer: (request: FastifyRequest, origin: Origin) => Promise<LoginAnswer>,
  ) => {
    for (const url of paths.flatMap((path) => [...new Set([path, path.toLowerCase()])])) {
      fastify.route({
        method: ['GET', 'POST'],
        url: base + url,
        handler: async (request, reply) => send(reply, await answer(request, originOf(request, hops))),
      });
      fastify.route({
        method: 'OPTIONS',
        url: base + url,
        handler: (_request, reply) => reply.status(204).headers(FROM_ANYWHERE).send(),
      });
    }
  };
  serve(['/Login', '/Login/Token', '/Login/User', '/Login/Account'], (request, origin) =>
    answers.login({ ...(request.query as object), ...membersOf(request.body) }, origin),
  );
  serve(['/getMonitorUrls', '/getMonitorUrls/*'], () => answers.monitors());
  serve(['/RefreshIdentityToken'], (request, origin) => answers.refresh(bearerOf(request), origin));
  serve(['/Settings', '/GetSettings'], (request, origin) => answers.settings(bearerOf(request), origin));
}

function send(reply: FastifyReply, { status, body }: LoginAnswer): FastifyReply {
  return reply
    .status(status)
    .headers({ ...FROM_ANYWHERE, 'cache-control': 'no-store' })
    .send(body);
}

function originOf({ headers, raw }: FastifyRequest, hops: number): Origin {
  const address = sourceAddress(headers['x-forwarded-for'], raw.socket.remoteAddress, hops);
  return { address: address ?? '', source: sourceKey(address) };
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +(\S{1,1000})$/i.exec(headers.authorization ?? '')?.[1];
}

/** Of JSON or of a form; of nothing else. */
function membersOf(body: unknown): object {
  if (typeof body !== 'string') return {};
  if (!body.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}
