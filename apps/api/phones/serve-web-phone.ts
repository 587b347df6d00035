import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { acceptedPacking } from '../accepted-packing.js';

/** Its name at the vendor, by which pages load it. */
export const WEB_PHONE_PATH = '/voicenterWebPhone-min.js';
const HOUR = 3_600;
/** Whoever asks first waits for it. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Each way to pack it; the better one first. */
const PACKINGS = {
  br: (plain: Buffer) => promisify(brotliCompress)(plain, QUICK),
  gzip: (plain: Buffer) => promisify<Buffer, Buffer>(gzip)(plain),
};
type Packing = keyof typeof PACKINGS;

export interface WebPhoneScript {
  plain: Buffer;
  etag: string;
}

/** @param folder  where the build put it @returns undefined when it is not built */
export function readWebPhone(folder: string): WebPhoneScript | undefined {
  const file = join(folder, WEB_PHONE_PATH);
  if (!existsSync(file)) return undefined;
  const plain = readFileSync(file);
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { plain, etag };
}

/** Serves the phone for anybody's page. It holds nothing of anybody's. */
export function serveWebPhone(
  fastify: Pick<FastifyInstance, 'get'>,
  script: WebPhoneScript | undefined,
): void {
  if (script === undefined) return;
  const { plain, etag } = script;
  const packed = new Map<Packing, Promise<Buffer>>();
  const packedBy = (packing: Packing): Promise<Buffer> => {
    const known = packed.get(packing) ?? PACKINGS[packing](plain);
    packed.set(packing, known);
    return known;
  };
  const headers = {
    'cache-control': `public, max-age=${String(HOUR)}, stale-while-revalidate=${String(24 * HOUR)}`,
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
    etag,
  };
  for (const path of [WEB_PHONE_PATH, WEB_PHONE_PATH.toLowerCase()]) {
    fastify.get(path, async (request, reply) => {
      void reply.type('text/javascript; charset=utf-8').headers(headers);
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      const packing = acceptedPacking(request.headers['accept-encoding'], Object.keys(PACKINGS) as Packing[]);
      if (packing === undefined) return reply.send(plain);
      return reply.header('content-encoding', packing).send(await packedBy(packing));
    });
  }
}
