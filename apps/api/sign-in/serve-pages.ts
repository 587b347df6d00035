import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { PAGES, PAGES_SCRIPT, PAGES_SCRIPT_PATH, pageText, pagesPolicy } from './pages.js';

/** Serves the pages on which people sign in. They hold no data: what they show they ask the API for. */
export function servePages(fastify: Pick<FastifyInstance, 'get'>): void {
  for (const path of PAGES) {
    fastify.get(path, (_, reply) => {
      const nonce = randomBytes(16).toString('base64');
      return reply
        .type('text/html; charset=utf-8')
        .headers({
          'content-security-policy': pagesPolicy(nonce),
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-store',
        })
        .send(pageText(nonce));
    });
  }
  fastify.get(PAGES_SCRIPT_PATH, (_, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(PAGES_SCRIPT),
  );
}
