import { readContent } from './read-content.js';
import { MAX_JSON_DEPTH } from './read-json.js';
import { sniffFormat } from './sniff-format.js';
import { undecodableFields } from './undecodable.js';

const bytes = (text: string) => Buffer.from(text);
const post = (body: string | Uint8Array, contentType?: string, query = '') => ({
  method: 'POST',
  route: 'cdr',
  query,
  headers: { 'content-type': contentType },
  body: typeof body === 'string' ? bytes(body) : body,
});

describe('sniffFormat', () => {
  it.each([
    ['{"a":1}', 'text/xml', 'json'],
    ['\n [1]', 'application/x-www-form-urlencoded', 'json'],
    ['\ufeff{"a":1}', undefined, 'json'],
    ['<?xml version="1.0"?>', 'application/json', 'xmlrpc'],
    ['a=1', undefined, 'form'],
    ['a=1', 'application/json', 'form'],
    ['1', 'application/json', 'json'],
    ['', 'application/soap+xml', 'xmlrpc'],
    ['', undefined, 'form'],
  ])('takes %j under %s for %s', (body, contentType, format) => {
    expect(sniffFormat(post(body, contentType))).toBe(format);
  });
});

describe('readContent', () => {
  it('reads JSON whatever the header says', () => {
    const read = { ok: true, format: 'json', value: { a: 1 }, query: [], unread: [] };
    for (const type of [
      'text/plain',
      '',
      'json',
      'application/json charset=utf-8',
      'text/xml, text/html',
      undefined,
    ]) {
      expect(readContent(post('{"a":1}', type))).toEqual(read);
    }
  });

  it('lets the last of two members with one name count', () => {
    expect(readContent(post('{"a":1,"a":2}'))).toMatchObject({ value: { a: 2 } });
  });

  it('reads a form with plus signs, escapes, bare names, stray percent signs and repeated fields', () => {
    expect(readContent(post('a=x+y%2B&b&c=%D7%A9&d=50%&a=2&&e=1=2'))).toEqual({
      ok: true,
      format: 'form',
      fields: [
        ['a', 'x y+'],
        ['b', ''],
        ['c', 'ש'],
        ['d', '50%'],
        ['a', '2'],
        ['e', '1=2'],
      ],
      query: [],
      unread: [],
    });
  });

  it('reads the query of a request without a body', () => {
    expect(readContent({ ...post('', undefined, 'a=1'), method: 'GET' })).toMatchObject({
      fields: [['a', '1']],
    });
  });

  it('drops escaped NUL characters, which PostgreSQL could not keep', () => {
    expect(readContent(post('{"a":"x\\u0000y","b":["\\u0000"]}'))).toMatchObject({
      value: { a: 'xy', b: [''] },
    });
    expect(readContent(post('a=x%00y'))).toMatchObject({ fields: [['a', 'xy']] });
  });

  it.each([
    ['an empty request', post(''), 'neither body nor query'],
    ['truncated JSON', post('{"a":1'), 'JSON'],
    ['prose', post('hello'), 'neither JSON nor XML nor a form'],
    ['too deep JSON', post('['.repeat(MAX_JSON_DEPTH + 1) + ']'.repeat(MAX_JSON_DEPTH + 1)), 'deep'],
    ['very deep JSON', post('['.repeat(500_000) + ']'.repeat(500_000)), 'deep'],
    ['nothing but zeros', post(new Uint8Array(100)), 'neither body nor query'],
  ])('gives a reason for %s', (_what, request, reason) => {
    expect(readContent(request)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('reads JSON as deep as is allowed', () => {
    expect(readContent(post('['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH))).ok).toBe(true);
  });

  it('drops NUL bytes', () => {
    expect(readContent(post('{"a":"x\0y"}'))).toMatchObject({ value: { a: 'xy' } });
    expect(readContent(post('a=x\0y&b=1'))).toMatchObject({
      fields: [
        ['a', 'xy'],
        ['b', '1'],
      ],
    });
  });

  it('reads as many fields as are allowed, and names the next', () => {
    const form = Array.from({ length: 1100 }, (_, index) => `f${index}=1`).join('&');
    const reading = readContent(post(form));
    expect(reading).toMatchObject({ ok: true, unread: expect.arrayContaining(['f1000']) as string[] });
    expect(reading.ok && reading.format === 'form' && reading.fields).toHaveLength(1000);
  });
});

describe('text in other encodings', () => {
  const hebrew = Buffer.from('f9ece5ed', 'hex');
  const around = (before: string, after: string) => Buffer.concat([bytes(before), hebrew, bytes(after)]);
  const inIsrael = (body: Uint8Array, type?: string) => readContent({ ...post(body, type), country: 'IL' });

  it.each([
    ['JSON', around('{"a":"', '"}'), { value: { a: 'שלום' } }],
    [
      'a form with raw bytes',
      around('a=', '&b=%D7%A9'),
      {
        fields: [
          ['a', 'שלום'],
          ['b', 'ש'],
        ],
      },
    ],
    ['XML', around('<a><b>', '</b></a>'), { text: '<a><b>שלום</b></a>' }],
    ['UTF-16 JSON', Buffer.from('{"a":"שלום"}', 'utf16le'), { value: { a: 'שלום' } }],
    [
      'a UTF-16 form',
      Buffer.from('\ufeffa=שלום&b=1', 'utf16le'),
      {
        fields: [
          ['a', 'שלום'],
          ['b', '1'],
        ],
      },
    ],
    [
      'UTF-16 XML',
      Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>ש</a>', 'utf16le'),
      { format: 'xmlrpc' },
    ],
  ])('%s is read', (_what, body, reading) => {
    expect(inIsrael(body)).toMatchObject({ ok: true, ...reading });
    expect(inIsrael(body, 'application/json; charset=utf-8')).toMatchObject({ ok: true, ...reading });
  });

  it.each([
    ["an XML document's own word", '<?xml version="1.0" encoding="windows-1251"?><a>', '</a>', undefined],
    [
      "an XML document's own word against the header's",
      "<?xml version='1.0' encoding='cp1251'?><a>",
      '</a>',
      'text/xml; charset=utf-8',
    ],
    ["the header's", '<a>', '</a>', 'text/xml; charset="windows-1251"'],
  ])('%s is believed', (_what, before, after, type) => {
    const body = Buffer.concat([bytes(before), Buffer.from('cff0e8', 'hex'), bytes(after)]);
    expect(inIsrael(body, type)).toMatchObject({ text: `${before}При${after}` });
  });

  it('is not believed to be Latin 1 where it is UTF-8', () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><a>שלום Müller</a>';
    expect(inIsrael(bytes(xml))).toMatchObject({ text: xml });
  });
});

describe('what stands around a message', () => {
  it.each([
    ['blanks', '\r\n\t {"a":1}\n '],
    ['a mark', '\ufeff{"a":1}'],
    ['a mark that was encoded twice', 'ï»¿{"a":1}'],
    ['a mark and blanks', '\n\ufeff \ufeff{"a":1}'],
    ['invisible blanks', '\u200b\u00a0{"a":1}'],
    ['a guard against scripts', ')]}\',\n{"a":1}'],
    ['a loop', 'while(1);{"a":1}'],
    ['quotation marks of a shell', '\'{"a":1}\''],
    ['zeros', '{"a":1}\0\0'],
    ['other words', '{"a":1}</html>'],
    ['quotation marks of JSON', JSON.stringify('{"a":1}')],
    ['them twice', JSON.stringify(JSON.stringify('{"a":1}'))],
    ['a form', `payload=${encodeURIComponent('{"a":1}')}`],
    ['a form of any name', 'x={"a":1}'],
    ['a form without a name', '%7B%22a%22%3A1%7D'],
    ['a form, the message escaped for JSON too', `json=${encodeURIComponent(JSON.stringify('{"a":1}'))}`],
  ])('is no part of it: %s', (_what, body) => {
    for (const type of [undefined, 'application/json', 'application/x-www-form-urlencoded']) {
      expect(readContent(post(body, type))).toMatchObject({ ok: true, format: 'json', value: { a: 1 } });
    }
  });

  it.each([
    ['blanks', '\n\n <?xml version="1.0"?><a/>'],
    ['a mark', '\ufeff<?xml version="1.0"?><a/>'],
    ['words', 'HTTP junk\r\n<?xml version="1.0"?><a/>'],
    ['zeros', '<?xml version="1.0"?><a/>\0\0'],
    ['words behind it', '<?xml version="1.0"?><a/>garbage'],
    ['a form', `xml=${encodeURIComponent('<?xml version="1.0"?><a/>')}`],
  ])('is no part of XML: %s', (_what, body) => {
    expect(readContent(post(body))).toMatchObject({ format: 'xmlrpc', text: '<?xml version="1.0"?><a/>' });
  });

  it('stays where a form holds more than the message', () => {
    expect(readContent(post(`sig=1&payload=${encodeURIComponent('{"a":1,"b":[2]}')}`))).toMatchObject({
      format: 'form',
      fields: [
        ['sig', '1'],
        ['a', 1],
        ['b', [2]],
      ],
    });
    expect(readContent(post('phone="Dana" <050>'))).toMatchObject({ fields: [['phone', '"Dana" <050>']] });
    expect(readContent(post('phone=<sip:1@x>'))).toMatchObject({ fields: [['phone', '<sip:1@x>']] });
    expect(readContent(post('name=[Sales] Dana'))).toMatchObject({ fields: [['name', '[Sales] Dana']] });
  });

  it('reads a form whose lines are its fields', () => {
    expect(readContent(post('a=1\r\nb=x y\r\n', 'text/plain'))).toMatchObject({
      fields: [
        ['a', '1'],
        ['b', 'x y'],
      ],
    });
  });
});

describe('a body beside a query', () => {
  it.each(['', '{}', '[]', '[{}]', 'null', '""', ' \r\n', '=', '&', '\ufeff', 'undefined', 'OK', '\0'])(
    'is left aside where it says nothing: %j',
    (body) => {
      for (const type of [undefined, 'application/json', 'text/xml']) {
        expect(readContent(post(body, type, 'a=1&b=x+y'))).toMatchObject({
          ok: true,
          format: 'form',
          fields: [
            ['a', '1'],
            ['b', 'x y'],
          ],
          query: [],
        });
      }
    },
  );

  it.each(['{"a":1}', 'a=1', '<a/>'])('counts where it says something: %j', (body) => {
    expect(readContent(post(body, undefined, 'b=2'))).toMatchObject({ ok: true, query: [['b', '2']] });
  });

  it('is not left aside where it is damaged', () => {
    expect(readContent(post('{"a":1', undefined, 'a=1'))).toMatchObject({
      ok: false,
      reason: 'The body is not valid JSON.',
    });
  });
});

describe('undecodableFields', () => {
  it('names fields whose text came damaged, whatever they hold', () => {
    const fields: [string, unknown][] = [
      ['a', 'x'],
      ['b', 'x\ufffd'],
      ['c', [{ d: '\ufffd' }]],
      ['e', 7],
      ['f\ufffd', null],
    ];
    expect(undecodableFields(fields)).toEqual(['b', 'c', 'f\ufffd']);
  });
});
