import { dialectNamed, type Dialect, type SignedRequest } from '#dialects';
import { id, type ConnectionId } from '#domain';
import { addressesOf } from './door/addresses-of.js';
import { JudgeSender } from './judge-sender.js';

const generic = dialectNamed('generic') as Dialect;
const MAPPING = {
  title: 'T',
  guide: [],
  routes: [{ name: 'event', what: 'x' }],
  signature: { kind: 'token', at: '@header.x-token' },
  handshakes: [
    { name: 'echo', when: [{ at: '@query.hello', there: true }], reply: { body: '{{ @query.hello }}' } },
  ],
  shapes: [{ name: 'any', phase: 'ended', call: 'id' }],
};
const connection = {
  connectionId: id<ConnectionId>('k'),
  settings: { mapping: MAPPING },
  sealedSecrets: '{"secret":["s3cret"]}',
};
const requestOf = (more: Partial<SignedRequest>): SignedRequest => ({
  method: 'POST',
  route: 'event',
  query: '',
  headers: {},
  body: Buffer.from('{"id":1}'),
  addresses: [],
  receivedAt: 0,
  ...more,
});

describe('who sent a message', () => {
  it('is proved by its signature, and said where none is asked for', () => {
    const judge = new JudgeSender({ open: (sealed) => sealed });
    const signed = requestOf({ headers: { 'x-token': 's3cret' } });
    expect(judge.judge(generic, connection, signed)).toEqual({ kind: 'kept', sender: 'proved' });
    const unsigned = { ...connection, settings: { mapping: { ...MAPPING, signature: null } } };
    expect(judge.judge(generic, unsigned, requestOf({}))).toEqual({ kind: 'kept', sender: 'unproved' });
  });

  it('is refused without a word of the secret', () => {
    const judge = new JudgeSender({ open: (sealed) => sealed });
    const attempt = () => judge.judge(generic, connection, requestOf({ headers: { 'x-token': 'guess' } }));
    expect(attempt).toThrow(expect.objectContaining({ code: 'ingress.bad_signature', status: 403 }) as Error);
    expect(attempt).not.toThrow(/s3cret/);
    expect(() => judge.judge(generic, connection, requestOf({}))).toThrow(
      expect.objectContaining({ status: 401 }) as Error,
    );
    // Also while there is nothing to check it with.
    const without = { ...connection, sealedSecrets: null };
    expect(() => judge.judge(generic, without, requestOf({ headers: { 'x-token': '' } }))).toThrow(
      expect.objectContaining({ status: 403 }) as Error,
    );
  });

  it('does not matter for a question by which the URL is tried', () => {
    const judge = new JudgeSender({ open: (sealed) => sealed });
    expect(judge.judge(generic, connection, requestOf({ query: 'hello=you' }))).toMatchObject({
      kind: 'answered',
      reply: { status: 200, body: 'you' },
    });
  });

  it('costs one opening of the secrets', () => {
    let opened = 0;
    const judge = new JudgeSender({
      open: (sealed) => {
        opened += 1;
        return sealed;
      },
    });
    const signed = requestOf({ headers: { 'x-token': 's3cret' } });
    for (let time = 0; time < 3; time += 1) judge.judge(generic, connection, signed);
    expect(opened).toBe(1);
  });
});

describe('where a message may have been sent to', () => {
  it('is the public address first, then what the request says', () => {
    expect(
      addressesOf(
        '/in/t/x?a=1',
        { host: 'pbx.example:8080', 'x-forwarded-host': 'out.example' },
        'https://own.example/',
      ),
    ).toEqual([
      'https://own.example/in/t/x?a=1',
      'https://out.example/in/t/x?a=1',
      'http://out.example/in/t/x?a=1',
      'https://pbx.example:8080/in/t/x?a=1',
      'http://pbx.example:8080/in/t/x?a=1',
      'https://pbx.example/in/t/x?a=1',
      'http://pbx.example/in/t/x?a=1',
    ]);
  });

  it.each([
    [{}, 'http'],
    [{ 'x-forwarded-proto': 'https' }, 'https'],
    [{ 'x-forwarded-for': '203.0.113.7' }, 'https'],
    [{ 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'http' }, 'http'],
  ])('is the scheme by which it came first: %j', (by, scheme) => {
    const [first] = addressesOf('/x', { host: 'own.example', ...by }, undefined);
    expect(first).toBe(`${scheme}://own.example/x`);
  });

  it('is nothing that is no name of a host', () => {
    expect(addressesOf('/x', { host: 'a b/c' }, undefined)).toEqual([]);
  });
});
