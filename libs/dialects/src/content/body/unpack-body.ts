import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

export type Unpacked = { ok: true; bytes: Uint8Array } | { ok: false; reason: string };

/**
 * Four times what may come in: enough for a list of CDRs that was packed because it is long, and too little for a body that
 * was made to fill the memory. A few milliseconds of work at most.
 */
export const MAX_UNPACKED_BYTES = 4 * 1024 * 1024;
/** A PBX packs once, a proxy may pack again. */
const MAX_LAYERS = 3;

const LIMIT = { maxOutputLength: MAX_UNPACKED_BYTES };
const UNPACKERS = new Map<string, (bytes: Uint8Array) => Uint8Array>([
  ['gzip', (bytes) => gunzipSync(bytes, LIMIT)],
  ['deflate', inflated],
  ['br', (bytes) => brotliDecompressSync(bytes, LIMIT)],
]);
const BINARY = /[\0-\x08\x0e-\x1f]/; // eslint-disable-line no-control-regex

/**
 * The bytes of a body as they were before they were packed for the way (RFC 9110, 8.4). What the header says and the bytes
 * deny is not believed: a plain body stays as it is under any header, and gzip is unpacked without one.
 *
 * @param encoding  the header `content-encoding`; several encodings stand in the order in which they were applied
 */
export function unpackBody(body: Uint8Array, encoding: string | undefined): Unpacked {
  let bytes = body;
  if (encoding !== undefined) {
    for (const name of encodingsIn(encoding)) {
      const next = unpackedOnce(bytes, name);
      if (!next.ok) return next;
      bytes = next.bytes;
    }
  }
  for (let layer = 0; layer < MAX_LAYERS && isGzip(bytes); layer += 1) {
    const next = unpackedOnce(bytes, 'gzip');
    if (!next.ok) return next;
    bytes = next.bytes;
  }
  return { ok: true, bytes };
}

/** The last one applied first. Unknown ones are left out: what they name may be no packing at all (`utf-8`, `identity`). */
function encodingsIn(header: string): string[] {
  return header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-/, ''))
    .filter((name) => UNPACKERS.has(name))
    .slice(-MAX_LAYERS)
    .reverse();
}

function unpackedOnce(bytes: Uint8Array, name: string): Unpacked {
  const unpack = UNPACKERS.get(name);
  if (unpack === undefined || bytes.length === 0 || isPlain(bytes)) return { ok: true, bytes };
  if (name === 'gzip' && !isGzip(bytes)) return { ok: true, bytes };
  try {
    return { ok: true, bytes: unpack(bytes) };
  } catch (error) {
    const tooLarge = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    const reason = tooLarge
      ? `The body is larger than ${MAX_UNPACKED_BYTES} bytes when it is unpacked.`
      : `The body cannot be unpacked as ${name}: it is cut off or damaged.`;
    return { ok: false, reason };
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Packed bytes are never without control characters, except by chance in a few. */
function isPlain(bytes: Uint8Array): boolean {
  return !BINARY.test(Buffer.from(bytes.subarray(0, 512)).toString('latin1'));
}

/** With the header that HTTP asks for, or without as some stacks have it. */
function inflated(bytes: Uint8Array): Uint8Array {
  const [a = 0, b = 0] = bytes;
  const hasHeader = (a & 0x0f) === 8 && (a * 256 + b) % 31 === 0;
  return hasHeader ? inflateSync(bytes, LIMIT) : inflateRawSync(bytes, LIMIT);
}
