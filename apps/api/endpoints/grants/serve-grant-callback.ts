import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#domain';
import type { Log } from '#platform';
import type { OurCookie } from '../../access/session-cookie.js';
import { pagesPolicy } from '../../sign-in/pages.js';
import { GRANT_CALLBACK_PATH, type CameBack, type EndpointGrantDesk } from './endpoint-grant-desk.js';

export interface ServeGrantCallbackParts {
  desk: Pick<EndpointGrantDesk, 'comeBack'>;
  log: Pick<Log, 'error' | 'info'>;
  /** Of sessions in the console; null where there is no console. */
  session: Pick<OurCookie, 'read'> | null;
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

/** Serves the address that CRMs send people back to: they read that it is done, or what to do; people of the console read it there. */
export function serveGrantCallback(
  fastify: Pick<FastifyInstance, 'get'>,
  { desk, log, session }: ServeGrantCallbackParts,
): void {
  fastify.get(GRANT_CALLBACK_PATH, async (request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    void reply
      .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      .header('content-security-policy', pagesPolicy(nonce))
      .type('text/html; charset=utf-8');
    try {
      const at = request.url.indexOf('?');
      const back = await desk.comeBack(new URLSearchParams(at < 0 ? '' : request.url.slice(at)));
      if (session?.read(request.headers.cookie) != null) return await reply.redirect(consolePage(back), 303);
      if (back.problem !== null) throw back.problem;
      return await reply.send(page(CONNECTED, nonce));
    } catch (error) {
      const problem = error instanceof AppError ? error : unexpected(log, error);
      const { status, message: words, code } = problem;
      return reply.status(status).send(page({ title: 'Not connected', words, code }, nonce));
    }
  });
}

/** Says nothing but whether it went well: why not stands with the grant, for those who may see it. */
function consolePage({ tenantId, endpointId, problem }: CameBack): string {
  return `/t/${tenantId}/connectors/${endpointId}?came=${problem === null ? 'connected' : 'refused'}`;
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
