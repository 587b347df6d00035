import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import type { Log } from '#platform';
import { pagesPolicy } from '../sign-in/pages.js';
import type { Visit } from '../sign-in/visit.js';
import { CALLBACK_PATH, type OidcDesk } from './oidc-desk.js';
import type { OidcVisit } from './oidc-visit.js';

export interface ServeCallbackParts {
  desk: Pick<OidcDesk, 'finish'>;
  visit: Visit;
  oidcVisit: OidcVisit;
  log: Pick<Log, 'error'>;
}

/** Serves the address that identity providers send people back to: they are signed in and go on, or read what to do. */
export function serveCallback(fastify: Pick<FastifyInstance, 'get'>, parts: ServeCallbackParts): void {
  fastify.get(CALLBACK_PATH, async (request, reply) => {
    void reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    try {
      return await goOn(parts, request, reply);
    } catch (error) {
      const problem = error instanceof AppError ? error : unexpected(parts, error);
      if (problem.retryAfterSeconds !== undefined)
        void reply.header('retry-after', problem.retryAfterSeconds);
      const nonce = randomBytes(16).toString('base64');
      return reply
        .status(problem.status)
        .header('set-cookie', parts.oidcVisit.back())
        .header('content-security-policy', pagesPolicy(nonce))
        .type('text/html; charset=utf-8')
        .send(problemPage(problem, nonce));
    }
  });
}

async function goOn(
  { desk, visit, oidcVisit }: ServeCallbackParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const at = request.url.indexOf('?');
  const { url, token } = await desk.finish({
    search: at < 0 ? '' : request.url.slice(at),
    token: oidcVisit.read(request.headers.cookie),
    browser: visit.browserOf(request),
    source: visit.sourceOf(request),
  });
  return reply.header('set-cookie', [visit.cookieOf(token), oidcVisit.back()]).redirect(url, 303);
}

function unexpected({ log }: ServeCallbackParts, error: unknown): AppError {
  log.error({ err: error }, 'oidc.callback_failed');
  return new AppError(
    'misconfigured',
    'internal',
    'Something went wrong here: begin again, and tell an administrator.',
  );
}

/** @param nonce  for the styles */
function problemPage({ code, message }: AppError, nonce: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Not signed in - Switchhook</title>
    <style nonce="${nonce}">
      :root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
      main { max-inline-size: 24rem; margin: 10vh auto; padding: 1rem; }
    </style>
  </head>
  <body>
    <main>
      <h1>Not signed in</h1>
      <p role="alert">${escaped(message)}</p>
      <p><code>${escaped(code)}</code></p>
      <p><a href="/sign-in">Begin again</a></p>
    </main>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
