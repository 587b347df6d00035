import fc from 'fast-check';
import { readAnyJson, readJson } from '../read-json.js';
import { readLooseJson } from './loose-json.js';

const meaning = (text: string): unknown => {
  const reading = readAnyJson(text);
  return reading.ok ? reading.value : undefined;
};

describe('what is meant by text that is no JSON', () => {
  it.each<[string, string, unknown]>([
    ['a line break in a text', '{"a":"x\ny\tz"}', { a: 'x\ny\tz' }],
    ['commas too many', '{"a":1,,"b":[1,2,],}', { a: 1, b: [1, 2] }],
    ['single quotation marks', "{'a':'x','b':'it\\'s','c':'O'Brien'}", { a: 'x', b: "it's", c: "O'Brien" }],
    [
      'quotation marks in a text',
      '{"name":"John "JD" Doe","b":""Dana" <050>"}',
      { name: 'John "JD" Doe', b: '"Dana" <050>' },
    ],
    ['backslashes that escape nothing', '{"a":"C:\\dir\\1","b":"\\\\x\\n"}', { a: 'C:\\dir\\1', b: '\\x\n' }],
    ['values left out', '{"duration":,"price":}', { duration: null, price: null }],
    ['words for nothing', '{"a":undefined,"b":None,"c":nil}', { a: null, b: null, c: null }],
    ['words of Python', '{"a":True,"b":False}', { a: true, b: false }],
    ['what is no number', '{"a":NaN,"b":-Infinity}', { a: 'NaN', b: '-Infinity' }],
    [
      'numbers as people write them',
      '{"a":0501234567,"b":+972501234567,"c":.5,"d":1.}',
      { a: '0501234567', b: '+972501234567', c: '.5', d: '1.' },
    ],
    ['big numbers', '{"a":9007199254740993,}', { a: '9007199254740993' }],
    ['names and words without quotation marks', '{a:John Doe,b:1}', { a: 'John Doe', b: 1 }],
    ['no comma at the end of a line', '{"a":1,\n"b":2\n"c":3}', { a: 1, b: 2, c: 3 }],
    ['what stands behind it', '{"a":1}\n</html>', { a: 1 }],
    ['zeros behind it', '{"a":1}\0\0', { a: 1 }],
    ['a semicolon behind it', '{"a":1};', { a: 1 }],
    ['one document a line', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['a call in JavaScript', 'callback({"a":1});', { a: 1 }],
    ['escapes once too often', '{\\"a\\":\\"x\\"}', { a: 'x' }],
    ['escapes for HTML', '{&quot;a&quot;:&quot;x &amp; y&quot;}', { a: 'x & y' }],
    [
      'names of JavaScript',
      '{"__proto__":{"x":1},"constructor":2,}',
      JSON.parse('{"__proto__":{"x":1},"constructor":2}'),
    ],
  ])('%s', (_what, text, value) => {
    expect(readJson(text).ok).toBe(false);
    expect(meaning(text)).toEqual(value);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it.each([
    ['{"a":"x"', 'no end'],
    ['{"a":"x', 'no end of a text'],
    ['[{"a":1},', 'no end of a list'],
    ['{"a":1}\n{"a"', 'half a document'],
    ['{"a":1]', 'crossed brackets'],
    ['{a}', 'a name without a value'],
    ['hello', 'prose'],
    ['', 'nothing'],
  ])('is not guessed of %s: %s', (text) => {
    expect(readAnyJson(text)).toEqual({ ok: false, reason: 'The body is not valid JSON.' });
  });

  it('is never found in the beginning of a document', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), (text, at) => {
        fc.pre(/^[[{]/.test(text));
        expect(readLooseJson(text.slice(0, at % text.length), 64)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('is what JSON means, where it is JSON', () => {
    const json = fc.json({ maxDepth: 4 }).filter((text) => /^[[{]/.test(text));
    fc.assert(
      fc.property(json, (text) => {
        fc.pre(!mayBeInexact(text));
        const loose = readLooseJson(text, 64);
        expect(JSON.stringify(loose?.value)).toEqual(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('is searched for no deeper than is allowed, and without end nowhere', () => {
    expect(readAnyJson(`${'['.repeat(100_000)},`).ok).toBe(false);
    expect(readAnyJson('{"a":'.repeat(100_000)).ok).toBe(false);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\'\\ a1\n'), maxLength: 80 }), (text) => {
        expect(JSON.stringify(readAnyJson(text))).toBeDefined();
      }),
      { numRuns: 5000 },
    );
  });
});

/** Big numbers come as text. */
function mayBeInexact(text: string): boolean {
  return /\d{16}|\d[eE]/.test(text);
}
