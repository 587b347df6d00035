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
type Unpacker = (bytes: Uint8Array) => Uint8Array;
const BROTLI: Unpacker = (bytes) => brotliDecompressSync(bytes, LIMIT);
const RAW: Unpacker = (bytes) => inflateRawSync(bytes, LIMIT);
/** What a body is tried as under each label, where its bytes do not say what it is. */
const UNPACKERS = new Map<string, readonly Unpacker[]>([
  ['gzip', [RAW, BROTLI]],
  ['deflate', [RAW, BROTLI]],
  ['br', [BROTLI, RAW]],
]);
/** RFC 1952, 2.3.1: bits of the fourth byte of gzip. */
const [HAS_CHECK, HAS_EXTRA, HAS_NAME, HAS_COMMENT] = [2, 4, 8, 16];
const GZIP_HEADER_BYTES = 10;
const ZLIB_HEADER_BYTES = 2;
const TRAILER_BYTES = 8;

/** What Node gives with `info`; its types do not know of it. */
interface Inflated {
  buffer: Uint8Array;
  engine: { bytesWritten: number };
}

const BINARY = /[\0-\x08\x0e-\x1f]/; // eslint-disable-line no-control-regex

/**
 * The bytes of a body as they were before they were packed for the way (RFC 9110, 8.4). What the header says and the bytes
 * deny is not believed: a plain body stays as it is under any header, gzip is unpacked under any header and without one. What
 * is damaged or missing behind the packed bytes (a checksum, line ends) costs nothing, as all of the text is there.
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
  const byLabel = UNPACKERS.get(name);
  if (byLabel === undefined || bytes.length === 0 || isPlain(bytes)) return { ok: true, bytes };
  let damaged: Unpacked | undefined;
  for (const unpack of [...byBytes(bytes), ...byLabel]) {
    try {
      return { ok: true, bytes: unpack(bytes) };
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
        const reason = `The body is larger than ${MAX_UNPACKED_BYTES} bytes when it is unpacked.`;
        return { ok: false, reason };
      }
      damaged ??= {
        ok: false,
        reason: `The body cannot be unpacked as ${name}: it is cut off or damaged.`,
      };
    }
    // What has the header of a format is in that format, or damaged.
    if (isGzip(bytes) && unpack === gunzipLoosely) break;
  }
  return damaged ?? { ok: true, bytes };
}

/** By the headers that two of the formats have. */
function byBytes(bytes: Uint8Array): Unpacker[] {
  if (isGzip(bytes)) return [(all) => gunzipSync(all, LIMIT), gunzipLoosely];
  return hasZlibHeader(bytes)
    ? [(all) => inflateSync(all, LIMIT), (all) => RAW(all.subarray(ZLIB_HEADER_BYTES))]
    : [];
}

/** Without a look at what stands behind the packed bytes. Those that were cut off throw all the same: they say where they end. */
function gunzipLoosely(bytes: Uint8Array): Uint8Array {
  const flags = bytes[3] ?? 0;
  let at = GZIP_HEADER_BYTES;
  if (flags & HAS_EXTRA) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [HAS_NAME, HAS_COMMENT]) if (flags & flag) at = bytes.indexOf(0, at) + 1;
  if (flags & HAS_CHECK) at += 2;
  const packed = bytes.subarray(at);
  const { buffer, engine } = inflateRawSync(packed, { ...LIMIT, info: true }) as unknown as Inflated;
  // Another member follows, which cannot be read: a part of a body is none.
  if (isGzip(packed.subarray(engine.bytesWritten + TRAILER_BYTES))) throw new Error('damaged');
  return buffer;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Packed bytes are never without control characters, except by chance in a few. */
function isPlain(bytes: Uint8Array): boolean {
  return !BINARY.test(Buffer.from(bytes.subarray(0, 512)).toString('latin1'));
}

function hasZlibHeader([a = 0, b = 0]: Uint8Array): boolean {
  return (a & 0x0f) === 8 && (a * 256 + b) % 31 === 0;
}
