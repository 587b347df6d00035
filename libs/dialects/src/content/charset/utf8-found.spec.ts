import fc from 'fast-check';
import { utf8Found } from './utf8-found.js';

const strict = new TextDecoder('utf-8', { fatal: true });
const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
};

describe('utf8Found', () => {
  it('counts characters beyond ASCII and bytes that are none', () => {
    expect(utf8Found(Buffer.from('aשλ田😀'))).toEqual({ characters: 4, broken: 0, cutAtEnd: false });
    expect(utf8Found(Buffer.from('שד').subarray(0, 3))).toEqual({ characters: 1, broken: 1, cutAtEnd: true });
    expect(utf8Found(Buffer.from('f9ece5ed', 'hex'))).toMatchObject({ characters: 0, broken: 4 });
  });

  it('finds nothing broken in UTF-8 only, as the standard has it', () => {
    const byte = fc.oneof(
      fc.constantFrom(0xe0, 0xed, 0xf0, 0xf4, 0xc1, 0x80, 0x8f, 0x9f, 0xa0, 0xbf),
      fc.nat(255),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 8 }), (bytes) => {
        expect(utf8Found(Uint8Array.from(bytes)).broken === 0).toBe(isUtf8(Uint8Array.from(bytes)));
      }),
      { numRuns: 5000 },
    );
  });
});
