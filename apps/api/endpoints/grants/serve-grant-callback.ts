import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#domain';
import type { Log } from '#platform';
import { pagesPolicy } from '../../sign-in/pages.js';
import { GRANT_CALLBACK_PATH, type EndpointGrantDesk } from './endpoint-grant-desk.js';

export interface ServeGrantCallbackParts {
  desk: Pick<EndpointGrantDesk, 'comeBack'>;
  log: Pick<Log, 'error' | 'info'>;
}

interface Said {
  title: string;
  words: string;
  code: string | null;
}

const CONNECTED: Said = {
  title: 'Connected',
  words: 'The CRM is connected, and what waited for it goes out now. You can close this page.',
  code: null,
};

/** Serves the address that CRMs send people back to: they read that it is done, or what to do. */
export function serveGrantCallback(
  fastify: Pick<FastifyInstance, 'get'>,
  { desk, log }: ServeGrantCallbackParts,
): void {
  fastify.get(GRANT_CALLBACK_PATH, async (request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    void reply
      .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      .header('content-security-policy', pagesPolicy(nonce))
      .type('text/html; charset=utf-8');
    try {
      const at = request.url.indexOf('?');
      await desk.comeBack(new URLSearchParams(at < 0 ? '' : request.url.slice(at)));
      return await reply.send(page(CONNECTED, nonce));
    } catch (error) {
      const problem = error instanceof AppError ? error : unexpected(log, error);
      const { status, message: words, code } = problem;
      return reply.status(status).send(page({ title: 'Not connected', words, code }, nonce));
    }
  });
}

function unexpected(log: ServeGrantCallbackParts['log'], error: unknown): AppError {
  log.error({ err: error }, 'grant.callback_failed');
  return new AppError(
    'misconfigured',
    'internal',
    'Something went wrong here: begin again, and tell an administrator.',
  );
}

/** Of our own words alone. @param nonce  for the styles */
function page({ title, words, code }: Said, nonce: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} - Switchhook</title>
    <style nonce="${nonce}">
      :root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
      main { max-inline-size: 28rem; margin: 10vh auto; padding: 1rem; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p role="${code === null ? 'status' : 'alert'}">${escaped(words)}</p>${
        code === null ? '' : `\n      <p><code>${escaped(code)}</code></p>`
      }
    </main>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
