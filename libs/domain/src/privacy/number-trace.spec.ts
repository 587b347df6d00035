import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lookupNumber } from '../phone/party.js';
import { maskJson, maskNumber } from './mask-number.js';
import { holdsNumber, lastDigitsOf, traceOfNumber } from './number-trace.js';

const ISRAELI = traceOfNumber('+972502345678');
const OWN_DIGITS = '502345678';
const digitsIn = (text: string) => text.replace(/\D/g, '');

describe('a number’s trace', () => {
  it.each([
    '+972502345678',
    '00972-50-2345678',
    '0502345678',
    '(050) 234 56 78',
    '+972 (0)50.234.5678',
    'tel:+972-50-234-5678;ext=5',
    'sip:972502345678@pbx.example',
    '050\u00a0234\u20095678',
    '050%2D234%2D5678',
    'caller=%2B972502345678',
    '050&#45;234&nbsp;5678',
    '٠٥٠٢٣٤٥٦٧٨',
    '０５０-２３４-５６７８',
    '{"caller":"050\\t2345678"}',
    'a9725023456781700000000b',
  ])('is found in %s', (text) => {
    expect(holdsNumber(text, ISRAELI)).toBe(true);
    expect(digitsIn(maskNumber(text, ISRAELI).normalize('NFKC'))).not.toContain(OWN_DIGITS);
  });

  it.each(['050-234-5679', '050,2345678', '50: 2345678', '0502345', 'a5b0c2345678'])(
    'is not found in %s',
    (text) => {
      expect(holdsNumber(text, ISRAELI)).toBe(false);
      expect(maskNumber(text, ISRAELI)).toBe(text);
    },
  );

  it('is of each form that a number has', () => {
    const mexican = traceOfNumber('+5215512345678');
    expect(holdsNumber('+52 55 1234 5678', mexican)).toBe(true);
    const argentine = traceOfNumber('+5491123456789');
    for (const text of ['+54 11 2345-6789', '+54 9 11 2345-6789', '011 15-2345-6789']) {
      expect([text, holdsNumber(text, argentine)]).toEqual([text, true]);
    }
    const ivorian = traceOfNumber('+2250707123456');
    expect(holdsNumber('+225 07123456', ivorian)).toBe(true);
  });

  it('of what could be a date or a part of another number has its country code', () => {
    const danish = traceOfNumber('+4520261128');
    expect(holdsNumber('{"at":"2026-11-28T10:00:00Z","day":"20261128"}', danish)).toBe(false);
    expect(holdsNumber('+45 20 26 11 28', danish)).toBe(true);
    const american = traceOfNumber('+12026112820');
    expect(holdsNumber('2026-11-28 20:15:00', american)).toBe(false);
    const german = traceOfNumber('+491701234567');
    expect(holdsNumber('{"time":1701234567}', german)).toBe(false);
    expect(holdsNumber('+49 170 1234567', german)).toBe(true);
    const short = traceOfNumber('+6834002');
    expect(holdsNumber('4002', short)).toBe(false);
    expect(holdsNumber('+683 4002', short)).toBe(true);
  });

  it('shows two digits to people', () => {
    expect(lastDigitsOf('+972502345678')).toBe('78');
  });
});

const nationals = fc.integer({ min: 500_000_000, max: 559_999_999 }).map(String);
const separators = fc.constantFrom('', '', '-', ' ', '.', '%20', '\u2009', ' (', ') ');
const around = fc.string({ unit: 'binary', maxLength: 40 });

/** A number, and a text that holds it in some spelling. */
const spelt = fc
  .record({ national: nationals, prefix: fc.constantFrom('+972', '0', '00972-', '972', '') })
  .chain(({ national, prefix }) =>
    fc
      .record({
        between: fc.array(separators, { minLength: 8, maxLength: 8 }),
        before: around,
        after: around,
      })
      .map(({ between, before, after }) => {
        const written = [...national].map((digit, at) => digit + (between[at] ?? '')).join('');
        return { national, before, number: prefix + written, after };
      }),
  );

describe('a masked text', () => {
  it('never holds the number, and is the same but for its digits', () => {
    fc.assert(
      fc.property(spelt, ({ national, before, number, after }) => {
        const trace = traceOfNumber(`+972${national}`);
        const text = before + number + after;
        const masked = maskNumber(text, trace);
        expect(holdsNumber(masked, trace)).toBe(false);
        expect(masked).not.toContain(national);
        expect(masked).toHaveLength(text.length);
        const changed = [...text].filter((letter, at) => [...masked][at] !== letter);
        expect(changed.every((letter) => /\p{Nd}/u.test(letter))).toBe(true);
      }),
    );
  });

  it('is left as it is when it does not hold the number', () => {
    fc.assert(
      fc.property(nationals, fc.string({ unit: 'binary', maxLength: 200 }), (national, text) => {
        const trace = traceOfNumber(`+972${national}`);
        fc.pre(!holdsNumber(text, trace));
        expect(maskNumber(text, trace)).toBe(text);
      }),
    );
  });

  it('of JSON stays JSON: the number is gone, everything else is the same to the byte', () => {
    fc.assert(
      fc.property(spelt, fc.jsonValue(), ({ national, number }, other) => {
        const trace = traceOfNumber(`+972${national}`);
        const plain = JSON.stringify(other);
        fc.pre(!holdsNumber(plain, trace));
        const rest = ` , "other" :${plain}, "e":1.50e3 }`;
        const json = `{ "a":[${JSON.stringify(number)}, {${JSON.stringify(number)}:${national}}]${rest}`;
        const masked = maskJson(json, trace);
        expect(holdsNumber(masked, trace)).toBe(false);
        expect(masked.endsWith(rest)).toBe(true);
        expect((JSON.parse(masked) as { other: unknown }).other).toEqual(
          (JSON.parse(json) as typeof other as { other: unknown }).other,
        );
        expect(maskJson(plain, trace)).toBe(plain);
      }),
    );
  });
});

describe('a number that people write', () => {
  it('is found by the E.164 that it is looked up as', () => {
    fc.assert(
      fc.property(spelt, ({ national, number }) => {
        fc.pre(lookupNumber(number, 'IL') === `+972${national}`);
        expect(holdsNumber(number, traceOfNumber(`+972${national}`))).toBe(true);
      }),
    );
  });
});
