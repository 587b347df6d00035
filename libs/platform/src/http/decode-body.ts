import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { Transform } from 'node:stream';

/** One decoder for each content coding of RFC 9110, section 8.4.1, and Brotli (RFC 7932). */
const DECODER_OF: Readonly<Partial<Record<string, (body: Buffer) => Transform>>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  br: () => createBrotliDecompress(),
  // The standard says zlib format, but some servers send a bare deflate stream under the same name.
  deflate: (body) => (hasZlibHeader(body) ? createInflate() : createInflateRaw()),
};

/**
 * Decodes a body and stops as soon as there is enough, so that a few kilobytes cannot make us hold gigabytes.
 *
 * @param encoding  the `Content-Encoding` header
 * @param body      the coded bytes; may be cut off
 * @param maxBytes  how much decoded text to keep
 * @returns at most `maxBytes`; what could be decoded when the body is corrupt or cut; nothing for an unknown encoding
 */
export function decodeBody(encoding: string, body: Buffer, maxBytes: number): Promise<Buffer> {
  const decoder = DECODER_OF[encoding.trim().toLowerCase()]?.(body);
  if (decoder === undefined) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let keptBytes = 0;
    const finish = (): void => {
      decoder.destroy();
      resolve(Buffer.concat(kept).subarray(0, maxBytes));
    };
    decoder.on('data', (chunk: Buffer) => {
      kept.push(chunk);
      keptBytes += chunk.length;
      if (keptBytes >= maxBytes) finish();
    });
    // A cut body ends in an error, after everything that could be decoded.
    decoder.on('error', finish);
    decoder.on('end', finish);
    decoder.end(body);
  });
}

/** RFC 1950, section 2.2: method 8, and the first two bytes are a multiple of 31. */
function hasZlibHeader(body: Buffer): boolean {
  const [first = 0, second = 0] = body;
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}
