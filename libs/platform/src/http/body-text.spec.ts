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
