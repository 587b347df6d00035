import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readContent } from '../read-content.js';
import { sniffFormat } from '../sniff-format.js';
import { MAX_UNPACKED_BYTES, unpackBody } from './unpack-body.js';

const TEXT = JSON.stringify({ ivruniqueid: '1', caller: 'דנה', list: Array(40).fill('0501234567') });
const PLAIN = Buffer.from(TEXT);

const withByte = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[bytes.length + at] = (copy.at(at) ?? 0) ^ 0x55;
  return copy;
};
/** With the name of a file in its header, and no trailer to check. */
const gzipNamed = (bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]),
    Buffer.from('cdr.json\0'),
    deflateRawSync(bytes),
  ]);

describe('unpackBody', () => {
  it.each([
    ['gzip', 'gzip', gzipSync(PLAIN)],
    ['gzip under its old name', 'x-gzip', gzipSync(PLAIN)],
    ['gzip in capitals', ' GZIP ', gzipSync(PLAIN)],
    ['gzip under no header', undefined, gzipSync(PLAIN)],
    ['gzip twice under one header', 'gzip', gzipSync(gzipSync(PLAIN))],
    ['deflate', 'deflate', deflateSync(PLAIN)],
    ['deflate without its header', 'deflate', deflateRawSync(PLAIN)],
    ['brotli', 'br', brotliCompressSync(PLAIN)],
    ['gzip under the label of deflate', 'deflate', gzipSync(PLAIN)],
    ['gzip under the label of brotli', 'br', gzipSync(PLAIN)],
    ['deflate under the label of gzip', 'gzip', deflateSync(PLAIN)],
    ['deflate without its header under the label of gzip', 'gzip', deflateRawSync(PLAIN)],
    ['deflate under the label of brotli', 'br', deflateSync(PLAIN)],
    ['brotli under the label of gzip', 'gzip', brotliCompressSync(PLAIN)],
    ['brotli under the label of deflate', 'deflate', brotliCompressSync(PLAIN)],
    ['gzip and a line end', 'gzip', Buffer.concat([gzipSync(PLAIN), Buffer.from('\r\n')])],
    ['gzip and zeros', 'gzip', Buffer.concat([gzipSync(PLAIN), Buffer.alloc(3)])],
    ['gzip without its trailer', 'gzip', gzipSync(PLAIN).subarray(0, -8)],
    ['gzip with half its trailer', undefined, gzipSync(PLAIN).subarray(0, -3)],
    ['gzip with a wrong checksum', 'gzip', withByte(gzipSync(PLAIN), -6)],
    ['gzip with a name of a file', 'gzip', gzipNamed(PLAIN)],
    ['deflate with a wrong checksum', 'deflate', withByte(deflateSync(PLAIN), -1)],
    ['deflate and a line end', 'deflate', Buffer.concat([deflateSync(PLAIN), Buffer.from('\n')])],
    [
      'gzip in two members',
      'gzip',
      Buffer.concat([gzipSync(PLAIN.subarray(0, 9)), gzipSync(PLAIN.subarray(9))]),
    ],
    ['one upon the other', 'deflate, gzip', gzipSync(deflateSync(PLAIN))],
    ['three upon each other', 'br,deflate,identity,gzip', gzipSync(deflateSync(brotliCompressSync(PLAIN)))],
    ['nothing, whatever the header says', 'gzip', PLAIN],
    ['nothing under deflate', 'deflate', PLAIN],
    ['nothing under brotli', 'br', PLAIN],
    ['nothing under an unknown name', 'utf-8, zstd', PLAIN],
  ])('unpacks %s', (_what, encoding, body) => {
    expect(unpackBody(body, encoding)).toEqual({ ok: true, bytes: expect.anything() as unknown });
    const unpacked = unpackBody(body, encoding);
    expect(unpacked.ok && Buffer.from(unpacked.bytes).toString()).toBe(TEXT);
    expect(sniffFormat({ headers: { 'content-encoding': encoding }, body })).toBe('json');
  });

  it.each([
    ['what was cut off', 'gzip', gzipSync(PLAIN).subarray(0, -12), 'cut off or damaged'],
    ['what was cut off early', undefined, gzipSync(PLAIN).subarray(0, 5), 'cut off or damaged'],
    [
      'what was cut off in its second member',
      'gzip',
      Buffer.concat([gzipSync(PLAIN), gzipSync(PLAIN).subarray(0, -12)]),
      'cut off or damaged',
    ],
    ['what is damaged', 'br', Buffer.from([1, 2, 3, 250, 251]), 'cut off or damaged'],
    ['what would fill the memory', 'gzip', gzipSync(Buffer.alloc(8 * MAX_UNPACKED_BYTES)), 'larger than'],
    [
      'what would fill it layer by layer',
      'gzip',
      gzipSync(gzipSync(Buffer.alloc(8 * MAX_UNPACKED_BYTES))),
      'larger than',
    ],
  ])('gives a reason for %s', (_what, encoding, body, reason) => {
    expect(unpackBody(body, encoding)).toEqual({
      ok: false,
      reason: expect.stringContaining(reason) as string,
    });
    const request = {
      method: 'POST',
      route: '',
      query: '',
      headers: { 'content-encoding': encoding, 'content-type': 'text/xml' },
      body,
    };
    expect(readContent(request)).toMatchObject({
      ok: false,
      format: 'xmlrpc',
      reason: expect.stringContaining(reason) as string,
    });
    expect(sniffFormat(request)).toBe('xmlrpc');
  });

  it('never throws', () => {
    const encoding = fc.option(
      fc.constantFrom('gzip', 'deflate', 'br', 'br, gzip, deflate', '__proto__', ','),
      { nil: undefined },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), encoding, (bytes, name) => {
        const gzipped = gzipSync(bytes);
        expect(unpackBody(gzipped, name ?? 'gzip')).toBeDefined();
        expect(unpackBody(bytes, name)).toBeDefined();
      }),
    );
  });
});
