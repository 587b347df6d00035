import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptedPacking } from '../accepted-packing.js';
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
    const asset = assets.get(name);
    return asset === undefined ? sayGone(reply) : sendAsset(asset, request, reply);
  });
}

/** A page of before an update asks for files that are gone: it says "reload". */
function sayGone(reply: FastifyReply): FastifyReply {
  return reply.status(404).header('cache-control', 'no-store').send();
}

async function sendAsset(
  { type, plain, packed }: ConsoleAsset,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const packings = packed.map(({ packing }) => packing);
  const packing = acceptedPacking(request.headers['accept-encoding'], packings);
  const bytes = await readIfThere(packed.find((one) => one.packing === packing)?.file ?? plain);
  if (bytes === null) return sayGone(reply);
  void reply.type(type).headers({
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
  });
  if (packing !== undefined) void reply.header('content-encoding', packing);
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
