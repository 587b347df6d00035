import fc from 'fast-check';
import { isNoId, isWordForNothing, unquoted } from './word-for-nothing.js';

const WORDS = [
  ...['null', 'NULL', 'Null', 'undefined', 'None', 'nil', 'N/A', 'n/a', 'na', 'NaN', 'unknown', 'false'],
  ...['(null)', '<null>', '[null]', '{null}', '<unknown>', '<nil>', '(none)', '"null"', "'null'", ' null '],
  ...['', ' ', '""', "''", '{}', '{{ }}', '{{}}', '{ }', '[object Object]', '#N/A', '%!s(<nil>)', '\\N'],
  ...['\u200enull\u200f', '\ufeffnull', 'not available', 'n\\a', 'ללא', 'אין'],
  ...[
    'nullnull',
    'null null',
    'null,null',
    'null;null',
    'null.null',
    'null-null',
    'null@null',
    'undefinednull',
  ],
  ...[
    'undefined-undefined',
    'None-None',
    'None None',
    'null;',
    'null.',
    'null,',
    'null)',
    ',null',
    'null/undefined',
  ],
  ...[
    '“”',
    '‘’',
    '«»',
    '«null»',
    '‘null’',
    '„null“',
    '”null”',
    'ｎｕｌｌ',
    'Ｎｏｎｅ',
    '“ｎｕｌｌ”',
    '＂null＂',
  ],
  ...['%00', '%00%00', '%20', '\\0', '\\x00', '\\u0000', '&nbsp;'],
];
const PLACEHOLDERS = [
  ...['{{callid}}', '{{ call.id }}', '{{call_id|default}}', '{callid}', '{ callid }', '${callid}', '$CALLID'],
  ...[
    '$callid',
    '$(callid)',
    '%CALLID%',
    '%callid%',
    '%callid',
    '#callid#',
    '#{callid}',
    '<callid>',
    '[callid]',
  ],
  ...['@callid@', '@{callid}', '__callid__', '{%callid%}', '<%= callid %>', '<?= $callid ?>', '[[callid]]'],
  ...[
    '*|CALLID|*',
    ':callid',
    '(callid)',
    '~callid~',
    '%{callid}',
    '${CDR(uniqueid)}',
    '"{callid}"',
    '{שיחה}',
  ],
  ...['{{{callid}}}', '{{{ call.id }}}', '{{&callid}}', '{$callid}', '{$call.id}', '{:callid}', '{callid!r}'],
  ...[
    '{callid:s}',
    '{!CallId}',
    '{@id}',
    '{#id}',
    '{call->id}',
    '{call[id]}',
    "{call['id']}",
    '{0}',
    '{1}',
    '{0:d}',
  ],
  ...[
    '$!{id}',
    '$!id',
    '$$ID$$',
    '$call->id',
    "$call['id']",
    '$call["id"]',
    '$call[id]',
    '${call?.id}',
    '$[id]',
  ],
  ...['%(callid)s', '%(call.id)s', '%%ID%%', '%1$s', '${id', '{{id', '{id', '{$id', '#{id', '$!{id', '@{id'],
  ...['##ID##', '|id|', '||id||', '^id^', '[#id]', '[$id]', '[% id %]', '=CallId', '&callid', '&id;', '/:id'],
  ...['~~id~~', '!!id!!', '<<id>>', '((id))', '<$id$>', '<!--#echo var="id"-->', '“{callid}”', '｛callid｝'],
];
const NO_IDS = [
  ...[
    '0',
    '00',
    '0000',
    '0.0',
    '00000000-0000-0000-0000-000000000000',
    '{00000000-0000-0000-0000-000000000000}',
  ],
  ...[
    '-',
    '--',
    '---',
    '?',
    '???',
    '.',
    '*',
    '_',
    '—',
    'true',
    'TRUE',
    '-1',
    'anonymous',
    'callid',
    'CallID',
  ],
  ...[
    'id',
    'ID',
    'Call ID',
    'CALL_ID',
    'call-id',
    'YOUR_CALL_ID',
    'your-call-id',
    'INSERT_ID',
    'insert call id here',
  ],
  ...[
    'callid}}',
    '-callid-',
    'id)',
    'MY_ID',
    'void',
    'no',
    'off',
    'CHANGEME',
    'CHANGE_ME',
    'TODO',
    'tbd',
    'missing',
  ],
  ...['0x0', '0x00000000', '−1', '‑1', '０', '－１', '“0”', 'לא ידוע', 'חסוי', 'пусто', 'leer', '“-”'],
  ...['[anything]', '<whatever>', '#some_name#', '@name', '[]', '<>', '()', 'Infinity', 'string'],
];
const IDS = [
  ...['0001', 'abc-null-17', '1', 'a', '20180913161553', '1595960350.10', 'nullable', 'none-1', 'undefined1'],
  ...[
    '{3f2504e0-4f89-11d3-9a0c-0305e82c3301}',
    '<1a2b3c4d5e@10.0.0.1>',
    'call_1',
    'xxxx',
    'c[1]',
    'C-00000012;ast',
    'null1',
    'nullify',
    'nonenone7',
  ],
  ...[
    'YToxOnt9',
    'AbCd==',
    '/9j/4AAQ',
    '+abc',
    'a=b',
    'MTIz',
    'identity',
    'myideas',
    'aid',
    'grid',
    'valid',
    '0x1f',
  ],
  ...['%abc!d', '{a}b', '(a)b', '~ab@host', '!x*y', "it's", 'a|b', '100', '0a0', 'void-1', '“a1”', 'ｉｄ７'],
  ...[
    '$1234567',
    '%41',
    '[2024-1234]',
    'f00d',
    '-1-2',
    'שיחה',
    '00-1',
    'id-{x}',
    'trueish',
    'queue',
    '#123456',
  ],
];
const NAMES = [
  ...[
    'None Smith',
    'Void',
    'ID',
    'Nonnenmacher',
    'Unknownson',
    '“Dana”',
    'Nullmeier',
    'Dana',
    '[Sales]',
    '(Ann)',
    '<VIP>',
    '#1 Support',
    '@home',
    'Unknown Pleasures',
  ],
  ...['Nina', 'null and void', 'N/A Ltd.', '0', '-5', '*72', 'A', 'True Grit', "O'Neil"],
];

/** RFC 3261, 25.1: `callid = word [ "@" word ]`. */
const MARKS_OF_A_WORD = '-.!%*_+`\'~()<>:\\"/[]?{}';
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ofCharacters = (characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });
/** With as many digits as whatever tells calls apart has. */
const withDigits = (characters: string): fc.Arbitrary<string> =>
  fc
    .tuple(ofCharacters(characters, 0, 20), ofCharacters('123456789', 4, 12), ofCharacters(characters, 0, 20))
    .map((parts) => parts.join(''));
const hex = ofCharacters('0123456789abcdef', 12, 40);
const word = withDigits(`${LETTERS}${MARKS_OF_A_WORD}`);
const REAL_IDS: [string, fc.Arbitrary<string>][] = [
  ['UUIDs', fc.uuid()],
  ['UUIDs in braces', fc.uuid().map((id) => `{${id.toUpperCase()}}`)],
  ['numbers', fc.bigInt({ min: 1n, max: 2n ** 64n }).map(String)],
  ['hexadecimal digits', hex.filter((id) => /[1-9]/.test(id))],
  [
    'base64',
    fc.uint8Array({ minLength: 12, maxLength: 24 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  ],
  ['ids of Asterisk', fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `${1595960350 + a}.${b}`)],
  ['ids of a host', fc.tuple(fc.nat(), fc.domain()).map(([a, host]) => `${a + 1}.2@${host}`)],
  ['ids of Asterisk that name it', hex.map((id) => `C-${id.slice(0, 8)}1234;ast`)],
  ['words of SIP', word],
  ['words of SIP at a host', fc.tuple(word, fc.domain()).map(([id, host]) => `${id}@${host}`)],
  [
    // As a whole in brackets it could be the name of a variable.
    'words of SIP without digits',
    fc
      .tuple(ofCharacters(LETTERS, 1, 1), ofCharacters(`${LETTERS}${MARKS_OF_A_WORD}`, 23, 59))
      .map((parts) => parts.join('')),
  ],
];

describe('what tells calls apart', () => {
  it.each(REAL_IDS)('is an id: %s', (_what, ids) => {
    fc.assert(
      fc.property(ids, (id) => !isNoId(id)),
      { numRuns: 2000 },
    );
  });
});

it('what any template puts around the name of a field is no id', () => {
  const names = fc.constantFrom('callid', 'CALL_ID', 'call.id', 'uniqueid', 'ivruniqueid', 'id', 'callId');
  const marks = [
    '{}',
    '{{}}',
    '{{{}}}',
    '{$}',
    '{:}',
    '{!}',
    '${}',
    '$!{}',
    '#{}',
    '%{}',
    '@{}',
    '$',
    '$!',
    '$$',
    '%%',
    '%()s',
  ];
  const around = fc.constantFrom(
    ...marks,
    '##',
    '||',
    '^^',
    '[]',
    '[#]',
    '[[]]',
    '<>',
    '<%= %>',
    '<?= ?>',
    '()',
    '~~',
    '=',
    '&',
    ':',
  );
  fc.assert(
    fc.property(names, around, fc.boolean(), (name, mark, spaced) => {
      const half = Math.ceil(mark.replace(/s$/, '').length / 2);
      const inside = spaced && mark.length > 1 ? ` ${name} ` : name;
      return isNoId(`${mark.slice(0, half)}${inside}${mark.slice(half)}`);
    }),
  );
});

describe('a text that stands for nothing', () => {
  it.each([...WORDS, ...PLACEHOLDERS])('is %j', (text) => {
    expect([isWordForNothing(text), isNoId(text)]).toEqual([true, true]);
  });

  it.each(NO_IDS)('is %j as an id', (text) => {
    expect(isNoId(text)).toBe(true);
  });

  it.each(IDS)('is not the id %j', (text) => {
    expect(isNoId(text)).toBe(false);
  });

  it.each(NAMES)('is not the name %j', (text) => {
    expect(isWordForNothing(text)).toBe(false);
  });

  it('costs little to find in a long text, and is none', () => {
    for (const text of [
      '{'.repeat(100_000),
      '"'.repeat(100_000),
      ' '.repeat(99_999) + 'x',
      '-'.repeat(1e5) + 'x',
      '0'.repeat(1e5) + 'x',
      'null'.repeat(1e5) + 'x',
      '“'.repeat(1e5) + 'x',
    ]) {
      const startedAt = performance.now();
      isNoId(text);
      expect(performance.now() - startedAt).toBeLessThan(500);
    }
  });
});

it('quotation marks and marks that nobody sees are no part of an id', () => {
  expect(['"a"', " 'a' ", '\u200ea\u200f', '\ufeffa\u00a0', '"a', 'a"b'].map(unquoted)).toEqual([
    'a',
    'a',
    'a',
    'a',
    '"a',
    'a"b',
  ]);
});
