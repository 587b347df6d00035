import fc from 'fast-check';
import { callTold, eventTold } from '../conformance/told-call.fixture.js';
import { OWN_URL, messagesOf, problemsOf, writerOf } from '../conformance/written.fixture.js';

const told = (settings: object, data: unknown = callTold()) => {
  const [message] = messagesOf(writerOf('template', settings), eventTold(data));
  if (message === undefined) throw new Error('nothing');
  return message;
};
const json = (body: string, data?: unknown): unknown => JSON.parse(told({ body }, data).body ?? '');

describe('placeholders', () => {
  it('reach everything of the event, lists by index; what is not there is nothing', () => {
    const body =
      '{"a":"{{id}} {{ type }}","b":"{{data.from.e164}}","c":"{{ data.legs.0.key }}","d":"{{data.x.y}}!"}';
    expect(json(body, { ...callTold(), legs: [{ key: 'customer' }] })).toEqual({
      a: '019a9e5c-7a00-7000-8000-000000000002 call.ended',
      b: '+972523258000',
      c: 'customer',
      d: '!',
    });
  });

  it('know their own members only', () => {
    expect(
      json('{"a":"{{data.constructor.name}}","b":"{{data.from.toString}}","c":"{{data.__proto__}}"}'),
    ).toEqual({
      a: '',
      b: '',
      c: '',
    });
  });

  it('may have something else written where there is no value', () => {
    const body = '{"a":"{{ data.agent.name | default: "nobody" }}","b":{{ data.agent | default: "-" }}}';
    expect(json(body)).toEqual({ a: 'nobody', b: '-' });
  });

  it('are JSON values outside of strings', () => {
    expect(
      json(
        '{"from":{{data.from}},"talk":{{data.talkSeconds}},"none":{{data.nope}},"in":"{{data.talkSeconds}}"}',
      ),
    ).toEqual({ from: { ...callTold().from }, talk: 60, none: null, in: '60' });
  });
});

describe('a template that cannot work', () => {
  it.each([
    [{ body: '{"a":"{{ data.x }"}' }, 'body: The placeholder is not closed by }} (position 7).'],
    [{ body: '{"a":"{{ {{data}} }}"}' }, 'body: The placeholder is not closed by }} (position 7).'],
    [{ body: '{"a":"{{ 1+1 }}"}' }, /^body: A placeholder is written like .* \(position 7\)\.$/],
    [{ body: '{"a":{{data.a}}' }, /^body: With values in it this would not be JSON/],
    [{ body: '{"a":{{data.a}}{{data.b}}}' }, /not be JSON/],
    [{ body: '{{{data.a}}:1}' }, /^body: /],
    [{ body: '{"a":"\\{{data.a}}"}' }, /not be JSON/],
    [{ body: '{"a":"\\{{data.a}}n"}' }, /not be JSON/],
    [{ body: '{"a":"\\u00{{data.a}}41"}' }, /not be JSON/],
    [{ url: 'https://{{data.host}}/' }, /^url: This is not a complete URL/],
    [{ url: 'https://crm.example{{data.host}}/' }, /^url: /],
    [{ url: 'https://crm.example:{{data.port}}/' }, /^url: /],
    [{ url: 'https:/{{data.host}}/' }, /^url: /],
    [{ url: '{{data.url}}' }, /^url: /],
    [{ url: 'https://crm.example/{{data.a' }, 'url: The placeholder is not closed by }} (position 21).'],
    [{ headers: { Host: 'x' } }, 'headers.Host: This header cannot be set here.'],
    [{ headers: { 'Webhook-Signature': 'x' } }, 'headers.Webhook-Signature: This header cannot be set here.'],
    [{ headers: { 'a b': 'x' } }, 'headers.a b: This header cannot be set here.'],
    [
      { headers: { 'x-a': 'x\r\ny: z' } },
      'headers.x-a: This must be printable ASCII text of at most 2000 characters.',
    ],
    [{ headers: { 'x-a': '{{data' } }, 'headers.x-a: The placeholder is not closed by }} (position 1).'],
    [{ contentType: 'json' }, 'contentType: This is no media type.'],
    [{ method: 'GET', body: '1' }, 'body: A GET request has no body.'],
  ])('%j: %s', (settings, problem) => {
    const problems = problemsOf('template', settings);
    expect(problems).toHaveLength(1);
    if (typeof problem === 'string') expect(problems[0]).toBe(problem);
    else expect(problems[0]).toMatch(problem);
  });
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '"',
    '\\',
    '\\"',
    '"}',
    '\n',
    '\r\n',
    '\u2028',
    '\ud800',
    '..',
    '@evil',
    '//evil',
    ']]>',
    '<a>',
    '&',
    "'",
  ),
);
const values = fc.oneof(hostile, fc.double(), fc.boolean(), fc.constant(null), fc.jsonValue());

describe('whatever the data is', () => {
  it('JSON stays the JSON that was written, with each text in its place', () => {
    const body = '{"s":"<{{data.a}}> \\" {{data.b}}","v":{{data.a}},"l":[{{data.b}},"{{data.a}}"]}';
    fc.assert(
      fc.property(values, values, (a, b) => {
        const result = json(body, { a, b }) as { s: string; v: unknown; l: unknown[] };
        expect(Object.keys(result)).toEqual(['s', 'v', 'l']);
        expect(result.l).toHaveLength(2);
        if (typeof a === 'string' && a !== '') expect(result.v).toBe(a);
      }),
    );
  });

  it('any template that is taken makes JSON, wherever its placeholders are', () => {
    const tokens = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        ':',
        ',',
        '\\',
        '1',
        'n',
        'u00',
        '{{data.a}}',
        '"a"',
        ' ',
        'null',
        '-',
        '.',
      ),
      { maxLength: 12 },
    );
    const shaped = fc.oneof(
      tokens,
      tokens.map((inner) => ['"', ...inner, '"']),
      tokens.map((inner) => ['[', ...inner, ']']),
    );
    fc.assert(
      fc.property(shaped, values, (parts, a) => {
        const body = parts.join('');
        if (problemsOf('template', { body }).length > 0 || body === '') return;
        expect(() => json(body, { a })).not.toThrow();
      }),
      { numRuns: 5_000 },
    );
  });

  it('the URL keeps its host, its path and its query’s parameters', () => {
    const url = 'https://crm.example:8443/a/{{data.a}}/b{{data.b}}?q={{data.a}}&r={{data.b}}#{{data.a}}';
    fc.assert(
      fc.property(values, values, (a, b) => {
        const writing = writerOf('template', { method: 'GET', url }).write(eventTold({ a, b }), OWN_URL);
        if (writing.kind !== 'messages') {
          expect([a, b].some((value) => typeof value === 'string' && /^\.+$/.test(value))).toBe(true);
          return;
        }
        const to = new URL(writing.messages[0]?.url ?? '');
        expect(to.host).toBe('crm.example:8443');
        expect(to.pathname).toMatch(/^\/a\/[^/]*\/b[^/]*$/);
        expect([...to.searchParams.keys()]).toEqual(['q', 'r']);
      }),
    );
  });

  it('a value that would climb in the path is not sent anywhere', () => {
    const writer = writerOf('template', { url: 'https://crm.example/a/{{data.a}}/b' });
    for (const a of ['.', '..'])
      expect(writer.write(eventTold({ a }), OWN_URL)).toMatchObject({ kind: 'nothing' });
  });

  it('a header stays one line of ASCII', () => {
    const headers = { 'X-Caller': 'from {{data.a}}', Authorization: 'Bearer s3cret' };
    fc.assert(
      fc.property(values, (a) => {
        const sent = told({ headers }, { a }).headers;
        expect(Object.keys(sent)).toEqual(['x-caller', 'authorization']);
        expect(sent['x-caller']).toMatch(/^from[\x20-\x7e]*$/);
      }),
    );
    expect(told({ headers }, { a: 'דנה\r\nX: y' }).headers['x-caller']).toBe('from %D7%93%D7%A0%D7%94X: y');
  });

  it('a form keeps its fields', () => {
    const settings = { contentType: 'application/x-www-form-urlencoded', body: 'a={{data.a}}&b=x{{data.b}}' };
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const form = new URLSearchParams(told(settings, { a, b }).body ?? '');
        expect([...form.keys()]).toEqual(['a', 'b']);
        expect(form.get('a')).toBe(a.toWellFormed());
      }),
    );
  });

  it('XML keeps its elements and attributes', () => {
    const settings = { contentType: 'application/xml', body: '<c t="{{data.a}}"><n>{{data.a}}</n></c>' };
    fc.assert(
      fc.property(hostile, (a) => {
        const body = told(settings, { a }).body ?? '';
        expect(body.replace(/[^<>"]/g, '')).toBe('<""><><><>');
        expect(body).not.toMatch(/&(?!(lt|gt|amp|quot|apos|#\d+);)/);
      }),
    );
  });
});

it('sends what was asked: method, URL, headers, body; without a URL to the endpoint’s own', () => {
  const settings = {
    method: 'PUT',
    url: 'https://crm.example/c/{{data.vendorCallId}}',
    headers: { 'X-A': '{{type}}' },
    body: '{}',
  };
  expect(told(settings)).toEqual({
    key: 'event',
    method: 'PUT',
    url: 'https://crm.example/c/v-1',
    headers: { 'content-type': 'application/json', 'x-a': 'call.ended' },
    body: '{}',
  });
  expect(told({ method: 'GET' })).toMatchObject({ url: OWN_URL, headers: {}, body: null });
  expect(writerOf('template', settings).urls).toEqual([{ path: 'url', url: 'https://crm.example/c/x' }]);
});
