import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PAGES } from '../sign-in/pages.js';
import type { ConsoleAsset, ConsoleFiles } from './console-files.js';
import { CONSOLE_PERMISSIONS, consolePolicy } from './console-policy.js';

/** What addresses of the console begin with. All others are the API's, the PBXs' or nobody's. */
const PLACES = ['/', '/t/*', '/operator', '/operator/*', '/account', '/agent', ...PAGES] as const;
const NONCE = /%NONCE%/g;

/** Which of them has a phone in it. */
const WITH_PHONE = '/agent';

/**
 * Serves the console: one page for all of its addresses, whose script reads what is asked for, and the files that it loads.
 *
 * @param socketsOf  the WebSockets that the phone of whoever asks may open
 */
export function serveConsole(
  fastify: Pick<FastifyInstance, 'get'>,
  { page, assets }: ConsoleFiles,
  socketsOf: (request: FastifyRequest) => Promise<readonly string[]>,
): void {
  for (const place of PLACES) {
    fastify.get(place, async (request, reply) => {
      const nonce = randomBytes(16).toString('base64');
      const sockets = place === WITH_PHONE ? await socketsOf(request) : [];
      return reply
        .type('text/html; charset=utf-8')
        .headers({
          'content-security-policy': consolePolicy(nonce, { sockets }),
          'permissions-policy': CONSOLE_PERMISSIONS,
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        })
        .send(page.replace(NONCE, nonce));
    });
  }
  fastify.get('/assets/:name', (request, reply) => {
    const { name } = request.params as { name: string };
    return sendAsset(assets.get(name), request, reply);
  });
}

async function sendAsset(
  asset: ConsoleAsset | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const accepted = request.headers['accept-encoding']?.toString() ?? '';
  const packed = asset?.packed.find(({ packing }) =>
    new RegExp(`\\b${packing}\\b(?!;q=0(\\.0+)?\\b)`).test(accepted),
  );
  const bytes = asset === undefined ? null : await readIfThere(packed?.file ?? asset.plain);
  // A page of before an update asks for files that are gone: it says "reload".
  if (asset === undefined || bytes === null)
    return reply.status(404).header('cache-control', 'no-store').send();
  void reply.type(asset.type).headers({
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
  });
  if (packed !== undefined) void reply.header('content-encoding', packed.packing);
  return reply.send(bytes);
}

/** @returns null when the file is gone, as a build over a running process leaves it */
async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
