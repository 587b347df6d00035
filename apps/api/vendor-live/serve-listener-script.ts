import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { projectRoot } from '#platform';
import { LISTENER_SCRIPT, LISTENER_SCRIPT_PATH, SOCKET_CLIENT_PATH } from './listener-script.js';

const SCRIPT = 'text/javascript; charset=utf-8';

/** Scripts are for anybody's page. */
const FOR_ANYBODY = { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' };

/** Serves the vendor's script, as we wrote it, and the socket client that it loads: the one of our own server. */
export function serveListenerScript(fastify: Pick<FastifyInstance, 'get'>): void {
  const client = readSocketClient();
  for (const path of [LISTENER_SCRIPT_PATH, LISTENER_SCRIPT_PATH.toLowerCase()]) {
    fastify.get(path, (_, reply) =>
      reply
        .type(SCRIPT)
        .headers({ ...FOR_ANYBODY, 'cache-control': 'no-cache' })
        .send(LISTENER_SCRIPT),
    );
  }
  fastify.get(SOCKET_CLIENT_PATH, (_, reply) =>
    reply
      .type(SCRIPT)
      .headers({ ...FOR_ANYBODY, 'cache-control': 'public, max-age=3600' })
      .send(client()),
  );
}

/** Read when it is first asked for. */
function readSocketClient(): () => string {
  let text: string | undefined;
  return () => {
    if (text === undefined) {
      const program = createRequire(join(projectRoot(), 'package.json')).resolve('socket.io/package.json');
      text = readFileSync(join(dirname(program), 'client-dist', 'socket.io.min.js'), 'utf8');
    }
    return text;
  };
}
