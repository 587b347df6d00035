import { ownNames } from './open-wrappers.js';
import fc from 'fast-check';
import { encodeIn } from './charset/encode-in.fixture.js';
import { readForm } from './read-form.js';
import { MAX_QUERY_LENGTH, MAX_QUERY_PARAMETERS, readQuery } from './read-query.js';

const inIsrael = (query: string) => readQuery(query, { country: 'IL' });
const fieldsOf = (query: string) => inIsrael(query).fields;
const percent = (charset: string, text: string) =>
  [...encodeIn(charset, text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

describe('readQuery', () => {
  it('reads plus signs, escapes, bare names, empty pairs and repeated names', () => {
    expect(fieldsOf('a=x+y%2B&b&&c=%D7%A9&a=2&e=1=2&f=?')).toEqual([
      ['a', 'x y+'],
      ['b', ''],
      ['c', 'ש'],
      ['a', '2'],
      ['e', '1=2'],
      ['f', '?'],
    ]);
  });

  it('leaves a blank in front of a value, which may have been a plus sign', () => {
    expect(fieldsOf('CallerIDNum=+442079460958&b=%2B4420&c=%20x')).toEqual([
      ['CallerIDNum', ' 442079460958'],
      ['b', '+4420'],
      ['c', ' x'],
    ]);
  });

  it.each([
    ["in the country's encoding", 'a=%F9%EC%E5%ED', 'שלום'],
    ['in capitals and small letters', 'a=%f9%EC%e5%ED', 'שלום'],
    ['in UTF-8', 'a=%D7%A9%D7%9C%D7%95%D7%9D', 'שלום'],
    ['as they are, in UTF-8', `a=${Buffer.from('שלום').toString('latin1')}`, 'שלום'],
    ['as they are, as text', 'a=שלום', 'שלום'],
    ['as they are, in the country’s encoding', 'a=\xf9\xec\xe5\xed', 'שלום'],
    ['half escaped', `a=${Buffer.from('של').toString('latin1')}%D7%95%D7%9D`, 'שלום'],
    ['in UTF-8, ending in the byte of a blank', `a=${Buffer.from('ינ').toString('latin1')}`, 'ינ'],
    ['as JavaScript escapes them', 'a=%u05E9%u05DC%u05D5%u05DD%20%E9%uD83D%uDE00', 'שלום é😀'],
    ['half a surrogate pair', 'a=%uD83D', '\ufffd'],
    ['as a browser refers to them', 'a=%26%231513%3B%26%23x5DC%3B', 'של'],
    ['as a browser refers to them, not escaped', 'a=&#1513;&#1500;&b=1', 'של'],
    ['a stray percent sign', 'a=100%', '100%'],
    ['stray percent signs', 'a=100%&b=1', '100%'],
    ['escaped twice', 'a=%25D7%25A9%25D7%259C%2520%2522x%2522', 'של "x"'],
    ['a percent sign and what looks like an escape', 'a=100%2541', '100%41'],
    ['no escape', 'a=%zz%4', '%zz%4'],
    ['one beside the other, in the country’s', 'a=%F9%EC+50%', 'של 50%'],
    ['NUL', 'a=x%00y', 'xy'],
    ['undecodable', 'a=%D9', '\ufffd'],
  ])('decodes characters %s', (_what, query, text) => {
    expect(fieldsOf(query)[0]).toEqual(['a', text]);
  });

  it('decodes each value by itself', () => {
    expect(fieldsOf(`a=${encodeURIComponent('שלום')}&b=${percent('windows-1255', 'שלום')}`)).toEqual([
      ['a', 'שלום'],
      ['b', 'שלום'],
    ]);
  });

  it.each([
    ['a form that says its charset', 'a=%CF%F0%E8&_charset_=windows-1251', { country: 'IL' }],
    ['a header that says the charset', 'a=%CF%F0%E8', { charset: 'windows-1251', country: 'IL' }],
  ])('believes %s', (_what, form, hints) => {
    expect(readForm(form, hints).fields[0]).toEqual(['a', 'При']);
  });

  it.each([
    ['a second question mark', 'kind=3?CallID=1&b=2', { kind: '3', CallID: '1', b: '2' }],
    ['a question mark in front', '?kind=3&CallID=1', { kind: '3', CallID: '1' }],
    ['two of them', '??kind=3?CallID=1', { kind: '3', CallID: '1' }],
    ['one after an ampersand', 'kind=3&?CallID=1', { kind: '3', CallID: '1' }],
    ['one before an ampersand', 'kind=3?&CallID=1', { kind: '3', CallID: '1' }],
    ['one after nothing', 'kind=?CallID=1', { kind: '', CallID: '1' }],
    [
      '&amp; for &',
      'CallID=1&amp;CallerIDNum=2&amp;amp;c=3&#38;d=4&#x26;e=5',
      { CallID: '1', CallerIDNum: '2', c: '3', d: '4', e: '5' },
    ],
    ['a semicolon for &', 'CallID=1;CallerIDNum=2', { CallID: '1', CallerIDNum: '2' }],
    [
      'a query that was escaped as a whole',
      'CallID%3D1%26CallerIDName%3D%D7%A9',
      { CallID: '1', CallerIDName: 'ש' },
    ],
    ['the same with its question mark', '%3FCallID%3D1%26b%3D2', { CallID: '1', b: '2' }],
    [
      'an ampersand in a name',
      'a=Black & Decker&b=Tom+&+Jerry&c=1',
      { a: 'Black & Decker', b: 'Tom & Jerry', c: '1' },
    ],
  ])('reads %s', (_what, query, fields) => {
    expect(Object.fromEntries(fieldsOf(query))).toEqual(fields);
  });

  it.each([
    [
      "VoipNow's number of an extension",
      'CalledExtension=0003*210?CallID=1',
      { CalledExtension: '0003*210' },
    ],
    ['a plus', 'CallerIDNum=%2B972502345678?CallID=1', { CallerIDNum: '+972502345678' }],
    ['a name', 'CallerIDName=Dana%20C?CallID=1', { CallerIDName: 'Dana C' }],
    ['a Hebrew name', 'CallerIDName=%D7%A9?CallID=1', { CallerIDName: 'ש' }],
    ['a mail address', 'CallerIDName=a@b.c?CallID=1', { CallerIDName: 'a@b.c' }],
    ['a number and a slash', 'kind=0/?CallID=1', { kind: '0' }],
    ['a question', 'CallerIDName=Who??CallID=1', { CallerIDName: 'Who' }],
    ['a secret that was hidden', 'key=[redacted]?CallID=1', { key: '[redacted]' }],
    ['a value with a question mark that was escaped', 'kind=0%3FCallID=1', { kind: '0' }],
    ['an ampersand that was escaped', 'kind=0%26CallID=1', { kind: '0' }],
    ['the same, of HTML', 'kind=0%26amp%3BCallID=1', { kind: '0' }],
    ['a semicolon', 'kind=0;CallID=1&CallerIDNum=2', { kind: '0', CallerIDNum: '2' }],
    ['a word alone', 'dial-in?CallID=1&CallerIDNum=2', { 'dial-in': '', CallerIDNum: '2' }],
    ['a word alone, the mark escaped', 'x%3FCallID=1', { x: '' }],
    ['an unknown name', 'CallerIDName=a*b?x=1?CallID=1', { CallerIDName: 'a*b?x=1' }],
  ])('finds a name that the dialect knows behind %s', (_what, query, fields) => {
    const isOwn = ownNames(new Map(['callid', 'kind', 'calleridnum', 'ext'].map((name) => [name, name])));
    expect(Object.fromEntries(readQuery(query, {}, isOwn).fields)).toEqual({ ...fields, CallID: '1' });
  });

  it.each([
    'record=https://x.example/get?callid=1',
    'record=https%3A%2F%2Fx.example%2Fget%3FcallId=1',
    'record=/rec/get?callid=1',
    'record=x.example/get?callid=1',
    'record=play.php?callid=1',
    'record=a,https://x.example/?callid=1',
    'phone=sip:1@x.example?callid=1',
    'a=1%3FCallID%3D2',
  ])('takes none out of what has parameters of its own: %s', (query) => {
    const isOwn = ownNames(new Map(['callid', 'ext'].map((name) => [name, name])));
    expect(readQuery(query, {}, isOwn).fields).toHaveLength(1);
  });

  it('reads what a URL writer wrote, whatever the dialect knows, and a known name behind any of it', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((value) => !/[\0]|&#|^.*:\/\/|^[ "<]*(\/|www\.|\w+:)|[./]/s.test(value));
    const isOwn = () => true;
    fc.assert(
      fc.property(text, text, (one, other) => {
        const own = new URLSearchParams({ a: one, b: other }).toString();
        expect(readQuery(own, {}, isOwn).fields).toEqual([
          ['a', one],
          ['b', other],
        ]);
        expect(readQuery(`${own}?CallID=7`, {}, isOwn).fields).toEqual([
          ['a', one],
          ['b', other],
          ['CallID', '7'],
        ]);
      }),
    );
  });

  it('takes no longer for what was made to take long', () => {
    const started = performance.now();
    const isOwn = (name: string) => name === 'a' || name === 'x';
    for (const piece of ['?', '?a', '?ab=1', ';b=', '%3Fcc', '.a', '://?b=', '?a=', 'www.?b=1', '/?']) {
      readForm(`a=${piece.repeat(100_000)}`, {}, { isOwn });
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it.each([
    ['an address', 'record=https://x.example/?a=1', { record: 'https://x.example/?a=1' }],
    ['an escaped address', 'record=https%3A%2F%2Fx%2F%3Fa%3D1%26b%3D2', { record: 'https://x/?a=1&b=2' }],
    ['a path', 'record=/rec/1.php?id=1', { record: '/rec/1.php?id=1' }],
    ['a file', 'record=play.php?id=1', { record: 'play.php?id=1' }],
    ['an escaped question mark', 'a=1%3Fb=2', { a: '1?b=2' }],
    ['a question', 'a=Who?', { a: 'Who?' }],
    ['a SIP address', 'phone=sip:1@x.example;user=phone', { phone: 'sip:1@x.example;user=phone' }],
    ['text with semicolons', 'a=1;2;3&b=4', { a: '1;2;3', b: '4' }],
    ['&amp; in a value', 'a=Tom%26amp%3BJerry', { a: 'Tom&amp;Jerry' }],
  ])('takes nothing out of %s', (_what, query, fields) => {
    expect(Object.fromEntries(fieldsOf(query))).toEqual(fields);
  });

  it('reads as much as is allowed, and names the first that it does not read', () => {
    const many = Array.from({ length: MAX_QUERY_PARAMETERS + 2 }, (_, index) => `p${index}=1`).join('&');
    expect(inIsrael(many).fields).toHaveLength(MAX_QUERY_PARAMETERS);
    expect(inIsrael(many).unread).toEqual(['p100', 'p101']);
    const long = `a=1&b=${'1'.repeat(MAX_QUERY_LENGTH)}&c=1`;
    expect(inIsrael(long)).toEqual({ fields: [['a', '1']], unread: ['b'] });
    expect(inIsrael(`a=${'1'.repeat(MAX_QUERY_LENGTH - 2)}`).unread).toEqual([]);
  });

  it('reads what a URL writer wrote', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 8 })
      .filter((text) => !/[[\].]|_charset_|^\s|^[?]|^amp;/.test(text));
    const pairs = fc.array(
      fc.tuple(
        name,
        fc.string({ unit: 'grapheme' }).filter((text) => !/[\0]|&#/.test(text)),
      ),
      {
        maxLength: MAX_QUERY_PARAMETERS,
      },
    );
    fc.assert(
      fc.property(pairs, (fields) => {
        expect(fieldsOf(new URLSearchParams(fields).toString())).toEqual(fields);
      }),
    );
  });

  it('reads a second question mark like an ampersand, whatever follows it', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[\0]|&#/.test(value));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 }),
        fc.array(text, { minLength: 1, maxLength: 5 }),
        (kind, values) => {
          const own = new URLSearchParams(
            values.map((value, index): [string, string] => [`f${index}`, value]),
          ).toString();
          expect(fieldsOf(`kind=${kind}?${own}`)).toEqual(fieldsOf(`kind=${kind}&${own}`));
        },
      ),
    );
  });

  it('comes to fields whatever it is given', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'ab=&;?%u20[].#amp+\0\xd7\xa9 '), maxLength: 60 });
    fc.assert(
      fc.property(fc.oneof(odd, fc.string({ unit: 'binary' })), (query) => {
        for (const [name, value] of fieldsOf(query)) {
          expect(name).not.toContain('\0');
          expect(JSON.parse(JSON.stringify(value))).toEqual(value);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
