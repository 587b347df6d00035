import fc from 'fast-check';
import { bodyText } from './body-text.js';

describe('bodyText', () => {
  it('of a cut body is the beginning of the text, whole characters only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, cut) => {
        fc.pre(!text.includes('\0'));
        const bytes = Buffer.from(text);
        const kept = bodyText(bytes.subarray(0, cut % (bytes.length + 1)), true);
        expect(text.startsWith(kept)).toBe(true);
        expect((cut % (bytes.length + 1)) - Buffer.byteLength(kept)).toBeLessThan(4);
      }),
    );
  });

  it.each([
    ['text/plain; charset=windows-1255', '\xf9\xec\xe5\xed', 'שלום'],
    ['text/html;charset="ISO-8859-8"', '\xf9\xec', 'של'],
    ['application/json; charset=utf-16le', 'a\0b\0', 'ab'],
    ['text/plain; charset=UTF-8', '\xd7\xa9', 'ש'],
    ['text/plain; charset=klingon', '\xd7\xa9', 'ש'],
    ['text/plain', '\xd7\xa9', 'ש'],
  ])('is in the charset that was declared: %s', (contentType, bytes, text) => {
    expect(bodyText(Buffer.from(bytes, 'latin1'), false, contentType)).toBe(text);
    expect(bodyText(Buffer.from(bytes, 'latin1'), true, contentType)).toBe(text);
  });

  it('of any bytes can be stored as text: no NUL, no half surrogates', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (bytes, isCut) => {
        const text = bodyText(Buffer.from(bytes), isCut);
        expect(text).not.toContain('\0');
        expect(Buffer.from(text).toString()).toBe(text);
      }),
    );
  });
});
