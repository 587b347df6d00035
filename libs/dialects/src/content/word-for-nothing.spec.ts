import { isNoId, isWordForNothing, unquoted } from './word-for-nothing.js';

const WORDS = [
  ...['null', 'NULL', 'Null', 'undefined', 'None', 'nil', 'N/A', 'n/a', 'na', 'NaN', 'unknown', 'false'],
  ...['(null)', '<null>', '[null]', '{null}', '<unknown>', '<nil>', '(none)', '"null"', "'null'", ' null '],
  ...['', ' ', '""', "''", '{}', '{{ }}', '{{}}', '{ }', '[object Object]', '#N/A', '%!s(<nil>)', '\\N'],
  ...['\u200enull\u200f', '\ufeffnull', 'not available'],
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
    'null null',
  ],
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
