import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pgArray } from './pg-array.js';

/** Reads the binary form back, as PostgreSQL's array_recv does. */
function elementsOf(bytes: Buffer): (Buffer | null)[] {
  if (bytes.readInt32BE(0) === 0) return [];
  const count = bytes.readInt32BE(12);
  const elements: (Buffer | null)[] = [];
  let at = 20;
  for (let index = 0; index < count; index += 1) {
    const size = bytes.readInt32BE(at);
    at += 4;
    elements.push(size < 0 ? null : bytes.subarray(at, at + size));
    at += Math.max(0, size);
  }
  expect(at).toBe(bytes.length);
  return elements;
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'grapheme-ascii' }),
  fc.string({ unit: 'grapheme', minLength: 40, maxLength: 60 }),
);

describe('pgArray', () => {
  it('carries every text and every null', () => {
    fc.assert(
      fc.property(fc.array(fc.option(text)), (texts) => {
        const read = elementsOf(pgArray.text(texts)).map((bytes) => bytes?.toString('utf8') ?? null);
        expect(read).toEqual(texts);
      }),
    );
  });

  it('carries UUIDs in either case as their 16 bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid()), fc.boolean(), (uuids, upper) => {
        const given = upper ? uuids.map((uuid) => uuid.toUpperCase()) : uuids;
        const read = elementsOf(pgArray.uuid(given)).map((bytes) => bytes?.toString('hex'));
        expect(read).toEqual(uuids.map((uuid) => uuid.replaceAll('-', '')));
      }),
    );
  });

  it('carries numbers of each width', () => {
    expect(elementsOf(pgArray.int2([-1]))[0]?.readInt16BE()).toBe(-1);
    expect(elementsOf(pgArray.int4([7]))[0]?.readInt32BE()).toBe(7);
    expect(elementsOf(pgArray.int8(['9007199254740993']))[0]?.readBigInt64BE()).toBe(9007199254740993n);
    expect(elementsOf(pgArray.float8([0.5]))[0]?.readDoubleBE()).toBe(0.5);
  });

  it('carries true, false and null', () => {
    const read = elementsOf(pgArray.bool([true, false, null])).map((bytes) => bytes?.readUInt8() ?? null);
    expect(read).toEqual([1, 0, null]);
  });

  it('makes an empty array without dimensions', () => {
    expect(pgArray.text([])).toHaveLength(12);
  });
});
