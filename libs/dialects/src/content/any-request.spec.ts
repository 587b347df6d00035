import fc from 'fast-check';
import type { AskedRequest } from '../facade.js';
import { writeCall } from '../xmlrpc/write-message.js';
import { readAnyRequest } from './any-request.js';

const asked = (
  more: Partial<Omit<AskedRequest, 'body'>> & { body?: string | Uint8Array } = {},
): AskedRequest => ({
  method: 'POST',
  path: '/x',
  query: '',
  headers: {},
  ...more,
  body: typeof more.body === 'string' ? Buffer.from(more.body) : (more.body ?? new Uint8Array()),
});
const fieldsOf = (more: Parameters<typeof asked>[0]) => readAnyRequest(asked(more)).fields;

const TYPES = [undefined, 'application/json', 'text/plain', 'application/x-www-form-urlencoded', 'image/png'];
const SAME: [string, Parameters<typeof asked>[0]][] = [
  ['query', { method: 'GET', query: 'Code=abc&PHONES=1&phones=2&record=True&max=30' }],
  ['query', { query: 'Code=abc&PHONES=1&phones=2&record=True&max=30', body: '{}' }],
  ['form', { body: 'Code=abc&PHONES=1&phones=2&record=True&max=30' }],
  ['form', { query: 'code=abc', body: 'phones[]=1&phones[]=2&Record=1&max=30' }],
  ['form', { body: 'code=abc&phones[0]=1&phones[1]=2&Record=yes&max=30' }],
  ['json', { body: '{"CODE":"abc","Phones":["1","2"],"record":true,"max":30}' }],
  ['json', { query: 'code=abc', body: '{"Phones":[1,2],"record":"1","max":"30"}' }],
  ['json', { body: '[{"CODE":"abc","Phones":["1","2"],"record":"true","max":"30"}]' }],
  ['form', { body: `code=abc&phones=${encodeURIComponent('["1","2"]')}&record=true&max=30` }],
  ['xmlrpc', { body: writeCall('X', [{ Code: 'abc', phones: ['1', '2'], record: true, max: 30 }]) }],
  [
    'xml',
    { body: '<r><code>abc</code><phones>1</phones><phones>2</phones><record>1</record><max>30</max></r>' },
  ],
];

describe('readAnyRequest', () => {
  it.each(SAME)('reads the same from a %s whatever the header says: %j', (format, request) => {
    for (const type of TYPES) {
      const read = readAnyRequest(asked({ ...request, headers: { 'content-type': type } }));
      expect(read).toMatchObject({ format, problem: null });
      expect(read.fields.text('code')).toBe('abc');
      expect(read.fields.list('phones')).toEqual(['1', '2']);
      expect(read.fields.flag('record')).toBe(true);
      expect(read.fields.whole('max')).toBe(30);
    }
  });

  it('believes the body before the URL, and whichever is filled', () => {
    expect(fieldsOf({ query: 'a=1&b=2', body: 'a=3&b=' }).text('a')).toBe('3');
    expect(fieldsOf({ query: 'a=1&b=2', body: 'a=3&b=' }).text('b')).toBe('2');
  });

  it('says what is wrong with a body, and keeps what the URL says', () => {
    const read = readAnyRequest(asked({ query: 'code=abc', body: '{"phone":1' }));
    expect(read).toMatchObject({ format: 'query', problem: 'The body is not valid JSON.' });
    expect(read.fields.text('code')).toBe('abc');
    expect(readAnyRequest(asked({ query: 'code=a', body: '<methodCall><x></methodCall>' }))).toMatchObject({
      format: 'xmlrpc',
      problem: expect.any(String) as string,
    });
  });

  it('finds nothing wrong in a request without a word', () => {
    expect(readAnyRequest(asked())).toMatchObject({ format: 'none', problem: null });
  });

  it('keeps the value of a JSON list, and the name of a method', () => {
    expect(readAnyRequest(asked({ body: '[{"a":1},{"a":2}]' })).value).toEqual([{ a: 1 }, { a: 2 }]);
    expect(readAnyRequest(asked({ body: writeCall('hub.CDR', [{ a: 1 }]) })).method).toBe('hub.CDR');
  });

  it("reads texts in the country's encoding", () => {
    const inIsrael = readAnyRequest(asked({ query: 'name=%F9%EC%E5%ED' }), { country: 'IL' });
    expect(inIsrael.fields.text('name')).toBe('שלום');
  });

  it('never throws, whatever comes', () => {
    const part = fc.oneof(fc.string(), fc.json(), fc.string({ unit: fc.constantFrom(...'a=&[]{}"<>/%?;') }));
    fc.assert(
      fc.property(part, fc.oneof(part, fc.uint8Array()), fc.constantFrom(...TYPES), (query, body, type) => {
        const { fields } = readAnyRequest(asked({ query, body, headers: { 'content-type': type } }));
        for (const [name] of [...fields.entries, ['__proto__']] as [string][]) {
          fields.text(name);
          fields.list(name);
          fields.flag(name);
          fields.whole(name);
          fields.objects(name);
          fields.within(name);
          fields.prefixed(name);
        }
      }),
    );
  });
});

describe('AskedFields', () => {
  it('reads a parameter by any of its spellings, in any case', () => {
    expect(fieldsOf({ query: 'UserId=7' }).text('userid', 'user')).toBe('7');
    expect(fieldsOf({ query: 'USER=7' }).text('userid', 'user')).toBe('7');
  });

  it('keeps the blank that may have been a plus in front of a number', () => {
    expect(fieldsOf({ query: 'phone=+442079460958' }).number('phone')).toBe(' 442079460958');
    expect(fieldsOf({ query: 'phone=%2B44' }).number('phone')).toBe('+44');
  });

  it('tells empty from absent', () => {
    const fields = fieldsOf({ query: 'a=&b=1' });
    expect([fields.has('a'), fields.came('a'), fields.came('c'), fields.has('b')]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect([fields.text('a'), fields.flag('a'), fields.whole('a'), fields.list('a')]).toEqual([
      null,
      null,
      null,
      [],
    ]);
  });

  it('takes no text for a number, nor for truth', () => {
    const fields = fieldsOf({ query: 'max=soon&record=maybe' });
    expect([fields.whole('max'), fields.flag('record')]).toEqual([null, null]);
  });

  it('reads what is nested as what is flat', () => {
    for (const body of ['{"Search":{"fromdate":"x"}}', '{"fromdate":"x"}', 'search[fromdate]=x']) {
      expect(fieldsOf({ body }).within('search').text('FromDate')).toBe('x');
    }
    const text = `search=${encodeURIComponent('{"fromdate":"x"}')}&code=1`;
    expect(fieldsOf({ query: text }).within('search').text('fromdate')).toBe('x');
  });

  it('gives the objects of a list', () => {
    const body = '{"Phones":[{"Phone":"1","Name":"A"},{"phone":"2"}]}';
    expect(
      fieldsOf({ body })
        .objects('phones')
        .map((one) => one.text('phone')),
    ).toEqual(['1', '2']);
    expect(
      fieldsOf({ body: 'phones[0][phone]=1' })
        .objects('phones')
        .map((one) => one.text('phone')),
    ).toEqual(['1']);
  });

  it('gives what begins with a prefix in any case, the rest as it was spelled', () => {
    expect(
      fieldsOf({ body: '{"VAR_Customer":7,"var_x":"a","var_":1,"Var_o":{"a":1},"var_n":null}' }).prefixed(
        'var_',
      ),
    ).toEqual([
      ['Customer', '7'],
      ['x', 'a'],
      ['o', '{"a":1}'],
      ['n', ''],
    ]);
  });
});
