import fc from 'fast-check';
import { membersOf } from '../members.js';
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
    ['no comma', '{"a":"1" "b":"2""c":3}', { a: '1', b: '2', c: 3 }],
    ['no comma at the end of a line of texts', '{"a":"1"\n"b":"2"}', { a: '1', b: '2' }],
    ['a backslash at the end of a text', '{"a":"C:\\","b":"2"}', { a: 'C:\\', b: '2' }],
    ['texts with quotation marks and commas', '{"a":"x","y","b":"2"}', { a: 'x","y', b: '2' }],
    ['a list with quotation marks', '{"a":["x "y" z","w"],"b":2,}', { a: ['x "y" z', 'w'], b: 2 }],
    ['typographic quotation marks', '{”a”:”x”,“b”:“y “z” w”,‘c’:‘v’}', { a: 'x', b: 'y “z” w', c: 'v' }],
    ['some of them', '{"a":”x”,"b":«y»,}', { a: 'x', b: 'y' }],
    ['Hebrew abbreviations', '{"a":"כהן בע"מ","b":"x"}', { a: 'כהן בע"מ', b: 'x' }],
    [
      'placeholders',
      '{"a":{{duration}},"b":{custom},"c":${x},"d":%{y},"e":{% z %},"f":"1"}',
      { a: '{{duration}}', b: '{custom}', c: '${x}', d: '%{y}', e: '{% z %}', f: '1' },
    ],
    ['placeholders at the end', '{"f":"1","a":{{ duration | int }}}', { f: '1', a: '{{ duration | int }}' }],
    ['placeholders with indexes', '{"a":$call[\'id\'],"b":1}', { a: "$call['id']", b: 1 }],
    ['a comment in front', '/* hi */ {"a":1}', { a: 1 }],
    ['comments in front', '// hi\n# there\n{"a":1}', { a: 1 }],
    ['comments within', '{// x\n"a":1,/* b */"c"/**/:/* d */"2" # e\n,"f":3 // g\n}', { a: 1, c: '2', f: 3 }],
    [
      'an address, which is no comment',
      '{"a":https://a.example/1.mp3,"b":"//c"}',
      { a: 'https://a.example/1.mp3', b: '//c' },
    ],
    ['equals signs', '{"a"="x","b"=>"y",c=1}', { a: 'x', b: 'y', c: 1 }],
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

  it('loses no member after one that is torn', () => {
    const torn = fc.constantFrom(
      '"C:\\"',
      '"a" b"',
      '"a","b"',
      '{{x}}',
      '{x}',
      '${x}',
      '”a”',
      '"a"/*b*/',
      '"say "a", b"',
      '',
      'x y',
    );
    const parts = fc.constantFrom(',', ', ', '\n,', ',\n', ' /* c */ ,', ' ,// d\n');
    fc.assert(
      fc.property(torn, parts, (value, comma) => {
        const text = `{"first":"1"${comma}"torn":${value}${comma}"caller":"0502345678"}`;
        expect(meaning(text)).toMatchObject({ first: '1', caller: '0502345678' });
      }),
    );
  });

  it('takes no longer the longer a text is that is hard to read', () => {
    const hard = [
      '"',
      '" ',
      '"/*',
      '"//',
      '{{',
      '{"',
      '",',
      '"a":',
      '\\"',
      '“',
      '/*',
      '#',
      '{a',
      '"a" "b" ',
      '", "',
      '"a":{',
    ];
    for (const piece of hard) {
      const text = `{"a":"${piece.repeat(200_000 / piece.length)}`;
      const startedAt = performance.now();
      readAnyJson(text);
      expect({ piece, slow: performance.now() - startedAt > 3000 }).toEqual({ piece, slow: false });
    }
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

it('a name that comes again is remembered with all its values', () => {
  const members = (text: string): unknown => membersOf(meaning(text) as object);
  expect(members('{"a":1,"b":2,"a":3}')).toEqual([
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ]);
  expect(members('{"a":1,"b":2,"a":3,}')).toEqual([
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ]);
  expect(members('{"a":"\\u0000x","a":"\\":"}')).toEqual([
    ['a', 'x'],
    ['a', '":'],
  ]);
  expect(meaning('{"a":1,"a":2}')).toEqual({ a: 2 });
  expect(members('{"a":"b:","c\\"":":"}')).toEqual([
    ['a', 'b:'],
    ['c"', ':'],
  ]);
});

/** Big numbers come as text. */
function mayBeInexact(text: string): boolean {
  return /\d{16}|\d[eE]/.test(text);
}
