import fc from 'fast-check';
import { charsetNamed } from './charset-named.js';
import { decodeText } from './decode-text.js';
import { utf8Found } from './utf8-found.js';
import { LEGACY, charactersOf, encodeIn } from './encode-in.fixture.js';
import { legacyCharset } from './legacy-charset.js';

const hex = (digits: string) => Buffer.from(digits, 'hex');

/** Names as Python writes them in these encodings. */
const WRITTEN: [charset: string, country: string, bytes: string, name: string][] = [
  ['windows-1255', 'IL', 'f9ece5ed', 'שלום'],
  ['windows-1251', 'RU', 'cff0e8e2e5f2', 'Привет'],
  ['windows-1252', 'DE', '4dfc6c6c6572209620938094', 'Müller – “€”'],
  ['windows-1250', 'PL', 'a3f3649f', 'Łódź'],
  ['windows-1253', 'GR', 'c3e9fef1e3eff2', 'Γιώργος'],
  ['windows-1254', 'TR', 'defc6b72fc', 'Şükrü'],
  ['windows-1256', 'EG', 'e3cde3cf', 'محمد'],
  ['windows-1257', 'LT', 'dee0736973', 'Žąsis'],
  ['windows-1258', 'VN', '4e677579eade6e', 'Nguyê\u0303n'],
  ['windows-874', 'TH', 'cac1aad2c2', 'สมชาย'],
  ['shift_jis', 'JP', '9363928691be9859', '田中太郎'],
  ['gbk', 'CN', 'c0eec3f7', '李明'],
  ['big5', 'TW', 'a55ca4d2b35c', '功夫許'],
  ['euc-kr', 'KR', 'b1e8c3b6bcf6', '김철수'],
];

describe('text of unknown encoding', () => {
  it.each(WRITTEN)('is read as %s where the PBX is in %s', (_charset, country, bytes, name) => {
    expect(decodeText(hex(bytes), { country })).toBe(name);
  });

  it('is UTF-8 wherever it can be', () => {
    for (const [, country, , name] of WRITTEN) expect(decodeText(Buffer.from(name), { country })).toBe(name);
  });

  it('is Western where no country is known', () => {
    expect([undefined, 'US', 'XX', ''].map(legacyCharset)).toEqual(Array(4).fill('windows-1252'));
    expect(legacyCharset('il')).toBe('windows-1255');
  });

  it('is read field by field where one is UTF-8 and another is not', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"a":"שלום","b":"'),
      hex('f9ece5ed'),
      Buffer.from('","c":"קו'),
      Buffer.from('ד').subarray(0, 1),
      Buffer.from('"}'),
    ]);
    expect(decodeText(bytes, { country: 'IL' })).toBe('{"a":"שלום","b":"שלום","c":"קו\ufffd"}');
  });

  it('keeps what it can of UTF-8 that was cut within a character', () => {
    expect(decodeText(Buffer.from('ישראל ישראלי').subarray(0, -1), { country: 'IL' })).toBe(
      'ישראל ישראל\ufffd',
    );
  });

  it('has U+FFFD for bytes that are no character, and still ends where it ends', () => {
    expect(decodeText(hex('22f9d9ff22'), { country: 'IL' })).toBe('"ש\ufffd\ufffd"');
    for (const country of ['JP', 'CN', 'TW', 'KR']) {
      expect(decodeText(hex('22928822'), { country })).toMatch(/^"[^"]+"$/);
      expect(decodeText(hex('2291ff9122'), { country })).toMatch(/^"[^"]*\ufffd"$/);
    }
  });
});

describe('text of a declared encoding', () => {
  it.each([
    ...WRITTEN,
    ['cp1255', '', 'f9ece5ed', 'שלום'],
    ['iso-8859-8', '', 'f9ece5ed', 'שלום'],
    ['ISO_8859-8', '', 'f9ece5ed', 'שלום'],
    ['windows1255', '', 'f9ece5ed', 'שלום'],
    ['koi8-r', '', 'f0d2c9d7c5d4', 'Привет'],
    ['iso-8859-15', '', '5a6feb20a4', 'Zoë €'],
    ['euc-jp', '', 'c5c4c3e6', '田中'],
    ['iso-2022-jp', '', '1b2442454443661b2842', '田中'],
    ['iso-8859-1', '', '4dfc6c6c6572', 'Müller'],
    ['windows-1251', '', 'cbb3', 'Лі'],
    ['gbk', '', 'd1a7', '学'],
  ])('%s is what it says, in any country', (charset, _country, bytes, name) => {
    for (const country of ['IL', 'DE', undefined])
      expect(decodeText(hex(bytes), { charset, country })).toBe(name);
  });

  it.each([
    'us-ascii',
    'iso-8859-1',
    'windows-1255',
    'windows-1251',
    'shift_jis',
    'gbk',
    'utf-16',
    'ebcdic',
    'x',
    '',
  ])('is UTF-8 all the same where it is plainly UTF-8 under %j', (charset) => {
    expect(decodeText(Buffer.from('שלום, Müller, Привет, 田中'), { charset, country: 'IL' })).toContain(
      '田中',
    );
    expect(decodeText(Buffer.from('田中'), { charset, country: 'IL' })).toBe('田中');
  });

  it.each(['us-ascii', 'utf-8', 'utf-16', 'nonsense', 'x'.repeat(1000)])(
    "is the country's where it cannot be what it says: %s",
    (charset) => {
      expect(decodeText(hex('f9ece5ed'), { charset, country: 'IL' })).toBe('שלום');
    },
  );

  it('is what was declared under any label of the standard, and nothing under others', () => {
    expect(['UTF8', ' Windows-1255 ', 'win-1251', 'CP_874', 'latin1', 'iso8859-2'].map(charsetNamed)).toEqual(
      ['utf-8', 'windows-1255', 'windows-1251', 'windows-874', 'windows-1252', 'iso-8859-2'],
    );
    expect(['ascii', 'utf-16le', 'cp437', '', undefined, '__proto__'].map(charsetNamed)).toEqual(
      Array(6).fill(undefined),
    );
  });
});

describe('UTF-16 and UTF-32', () => {
  const JSON_TEXT = '{"a":"שלום 😀"}';
  const utf16le = Buffer.from(JSON_TEXT, 'utf16le');
  const utf32 = (littleEndian: boolean) => {
    const codes = [...JSON_TEXT].map((character) => character.codePointAt(0) ?? 0);
    const bytes = Buffer.alloc(codes.length * 4);
    for (const [index, code] of codes.entries()) {
      if (littleEndian) bytes.writeUInt32LE(code, index * 4);
      else bytes.writeUInt32BE(code, index * 4);
    }
    return bytes;
  };

  it.each([
    ['UTF-16 LE', utf16le, 'fffe'],
    ['UTF-16 BE', Buffer.from(utf16le).swap16(), 'feff'],
    ['UTF-32 LE', utf32(true), 'fffe0000'],
    ['UTF-32 BE', utf32(false), '0000feff'],
    ['UTF-8', Buffer.from(JSON_TEXT), 'efbbbf'],
  ])('%s is recognised by its bytes, with a mark and without', (_what, bytes, mark) => {
    for (const charset of [undefined, 'utf-8', 'utf-16', 'iso-8859-1']) {
      expect(decodeText(bytes, { charset })).toBe(JSON_TEXT);
      expect(decodeText(Buffer.concat([hex(mark), bytes]), { charset })).toBe(JSON_TEXT);
    }
  });
});

describe('decodeText', () => {
  it('reads back any text that UTF-8, UTF-16 or a legacy encoding can hold', () => {
    const texts = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[\0\ufffd\ufeff]/.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        expect(decodeText(Buffer.from(text), { country: 'IL' })).toBe(text);
        expect(decodeText(Buffer.from(`\ufeff${text}`, 'utf16le'), { country: 'IL' })).toBe(text);
      }),
    );
    const written = fc.constantFrom(...LEGACY).chain((charset) => {
      const character = fc.oneof(fc.constantFrom(...charactersOf(charset)), fc.constantFrom(...'aZ09 ,'));
      return fc.tuple(fc.constant(charset), fc.string({ unit: character, minLength: 1 }));
    });
    fc.assert(
      fc.property(written, ([charset, text]) => {
        const bytes = encodeIn(charset, text);
        // A mark is believed before what was declared, also where it is two letters by chance.
        fc.pre(!/^(?:fffe|feff)/.test(bytes.toString('hex')));
        // Bytes that are UTF-8 by chance, or nearly all of them, are read as what they look like; see the examples.
        const { characters, broken } = utf8Found(bytes);
        fc.pre(broken === 0 ? characters === 0 : characters <= 1 || (broken > 1 && characters <= 2 * broken));
        expect(decodeText(bytes, { charset })).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('comes to a text without NUL characters whatever the bytes are', () => {
    const hints = fc.record({
      charset: fc.option(fc.oneof(fc.constantFrom(...LEGACY), fc.string()), { nil: undefined }),
      country: fc.constantFrom('IL', 'JP', 'TW', 'DE', undefined),
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), hints, (bytes, known) => {
        expect(decodeText(bytes, known)).not.toContain('\0');
      }),
      { numRuns: 2000 },
    );
  });
});
