import fc from 'fast-check';
import { readJson } from './read-json.js';

const JSON_TYPE = 'application/json';
const read = (body: Buffer | string, type = JSON_TYPE, more: Record<string, string> = {}) =>
  readJson({ 'content-type': type, ...more }, Buffer.from(body));

/** Code and status of the refusal. */
function refusal(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    const { code, status } = error as { code: string; status: number };
    return `${status} ${code}`;
  }
}

const OBJECT = { name: 'שלום 😀' };
const TEXT = JSON.stringify(OBJECT);
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

describe('the body of a request to the API', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(TEXT), JSON_TYPE],
    ['UTF-8 that says so', Buffer.from(TEXT), `${JSON_TYPE}; charset=utf-8`],
    ['UTF-8 that says so in quotes and capitals', Buffer.from(TEXT), `Application/JSON;charset="UTF-8"`],
    ['a kind of JSON', Buffer.from(TEXT), 'application/merge-patch+json'],
    ['UTF-8 behind a byte order mark', Buffer.from(`\ufeff${TEXT}`), JSON_TYPE],
    ['UTF-16 behind a byte order mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), JSON_TYPE],
    [
      'big-endian UTF-16 behind a byte order mark',
      swapped(Buffer.from(`\ufeff${TEXT}`, 'utf16le')),
      JSON_TYPE,
    ],
    ['UTF-16 by its header', Buffer.from(TEXT, 'utf16le'), `${JSON_TYPE}; charset=utf-16`],
    [
      'big-endian UTF-16 by its header',
      swapped(Buffer.from(TEXT, 'utf16le')),
      `${JSON_TYPE}; charset=UTF-16BE`,
    ],
    [
      'UTF-8 with a mark, whatever its header says',
      Buffer.from(`\ufeff${TEXT}`),
      `${JSON_TYPE}; charset=utf-16`,
    ],
  ])('is read as %s', (_, body, type) => {
    expect(read(body, type)).toEqual(OBJECT);
  });

  it('is none when it is empty, or nothing but a mark', () => {
    expect(read('')).toBeUndefined();
    expect(read('', 'text/plain')).toBeUndefined();
    expect(read('\ufeff')).toBeUndefined();
  });

  it.each<[string, () => unknown, string]>([
    ['another type', () => read(TEXT, 'text/plain'), '415 request.unsupported_media_type'],
    ['no type', () => readJson({}, Buffer.from(TEXT)), '415 request.unsupported_media_type'],
    ['a form', () => read('a=1', 'application/x-www-form-urlencoded'), '415 request.unsupported_media_type'],
    [
      'a charset that JSON is not written in',
      () => read(TEXT, `${JSON_TYPE}; charset=windows-1255`),
      '415 request.unsupported_charset',
    ],
    [
      'a charset called like a prototype',
      () => read(TEXT, `${JSON_TYPE}; charset=__proto__`),
      '415 request.unsupported_charset',
    ],
    [
      'a packed body',
      () => read(TEXT, JSON_TYPE, { 'content-encoding': 'gzip' }),
      '415 request.unsupported_encoding',
    ],
    ['bytes that are no UTF-8', () => read(Buffer.from([0x22, 0xf9, 0x22])), '400 request.invalid_json'],
    ['half a character of UTF-16', () => read(Buffer.from([0xff, 0xfe, 0x22])), '400 request.invalid_json'],
    ['what is no JSON', () => read('{"a":}'), '400 request.invalid_json'],
    ['two marks', () => read('\ufeff\ufeff{}'), '400 request.invalid_json'],
    ['blanks', () => read('  '), '400 request.invalid_json'],
    ['deep JSON', () => read(`${'['.repeat(300)}${']'.repeat(300)}`), '400 request.invalid_json'],
    [
      'very deep JSON',
      () => read(`${'['.repeat(400_000)}${']'.repeat(400_000)}`),
      '400 request.invalid_json',
    ],
  ])('refuses %s', (_, work, expected) => {
    expect(refusal(work)).toBe(expected);
  });

  it('is read or refused with a reason, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, charset) => {
        try {
          read(Buffer.from(bytes), `${JSON_TYPE}; charset=${charset}`);
        } catch (error) {
          expect([400, 415]).toContain((error as { status: number }).status);
        }
      }),
    );
  });
});

describe('a number in a body', () => {
  it.each([
    '9007199254740993',
    '-9007199254740993',
    '1e400',
    '-1E+400',
    '1e-400',
    '0.12345678901234567890',
    '12345678901234567890123',
  ])('that would lose digits is refused, and named: %s', (number) => {
    expect(() => read(`{"a":[{"b":${number}}]}`)).toThrow(number);
    expect(refusal(() => read(`[${number}]`))).toBe('400 request.invalid_json');
    expect(read(`{"a":"x ${number} \\" ${number}"}`)).toEqual({ a: `x ${number} " ${number}` });
  });

  it.each([
    '0',
    '-0.0',
    '9007199254740992',
    '1e21',
    '1.50E3',
    '0.1',
    '0.30000000000000004',
    '1e-7',
    '100000000000000000000',
    '1.0000000000000000000',
    '0e999',
  ])('that is one as it is written is read: %s', (number) => {
    expect(read(`[${number}]`)).toEqual([Number(number)]);
  });

  it('is read back as it was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(read(JSON.stringify({ number }))).toEqual({
          number: JSON.parse(JSON.stringify(number)) as number,
        });
      }),
    );
  });

  it('is kept to the last digit or refused', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (number) => {
        const came = refusal(() => read(`[${number}]`));
        if (Array.isArray(came)) expect(String(came[0])).toBe(String(number));
        else expect(came).toBe('400 request.invalid_json');
      }),
    );
  });

  it('takes no longer for a million of them', () => {
    const started = performance.now();
    refusal(() => read(`[1e400${',1e3'.repeat(250_000)}]`));
    refusal(() => read(`[1${'0'.repeat(1_000_000)}]`));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
