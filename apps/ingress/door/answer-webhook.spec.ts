import { createHash, createHmac } from 'node:crypto';
import { dialectNamed, readWithSurplus, type Dialect, type RequestWithSurplus } from '#dialects';
import { doorRig, type Sent } from './door-rig.fixture.js';

const SCRIPT = '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>';
const PAGE = {
  title: 'T',
  guide: [],
  routes: [{ name: 'event', what: 'x' }],
  handshakes: [
    {
      name: 'echo',
      when: [{ at: '@query.hello', there: true }],
      reply: { contentType: 'application/xml', body: SCRIPT },
    },
  ],
  replies: {
    accepted: {
      contentType: 'application/xml',
      body: SCRIPT,
      headers: { 'X-Content-Type-Options': 'sniff', 'Cross-Origin-Opener-Policy': 'unsafe-none' },
    },
    unreadable: { contentType: 'text/xml', body: SCRIPT },
    refused: { contentType: 'text/xml', body: SCRIPT },
  },
  shapes: [{ name: 'any', phase: 'ended', call: 'id' }],
};

describe('an answer', () => {
  const generic = { settings: { mapping: PAGE } };
  const cases: [string, string, Sent, number][] = [
    ['that a mapping wrote', '/in/swc/generic/event?id=1', {}, 200],
    ['to what cannot be read', '/in/swc/generic/event?a=1', {}, 200],
    ['to a question', '/in/swc/generic/event?hello=1', {}, 200],
    ['to what is refused', '/in/swc/generic/event', { method: 'PUT' }, 405],
    ['to a URL of nobody', '/in/other/generic/event', {}, 404],
    ['to a look at the URL', '/in/swc/generic/event', { method: 'HEAD' }, 200],
    ['to a browser that asks whether it may', '/in/swc/generic/event', { method: 'OPTIONS' }, 204],
  ];

  it.each(cases)('%s is no page to a browser, whatever it holds', async (_what, url, sent, status) => {
    const answer = await doorRig(generic).send(url, sent);
    expect(answer).toMatchObject({
      status,
      headers: {
        'access-control-allow-origin': '*',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      },
    });
  });

  it('is that of other dialects as well', async () => {
    const { headers } = await doorRig({ dialect: 'voipnow' }).send('/in/swc/voipnow/dial-in?CallID=1');
    expect(headers).toMatchObject({ 'content-security-policy': "default-src 'none'; sandbox" });
  });
});

describe('what is not signed', () => {
  const mapping = (signature: object) => ({
    title: 'T',
    guide: [],
    routes: [{ name: 'event', what: 'x' }],
    signature,
    shapes: [
      { name: 'end', when: [{ at: 'event', is: ['end'] }], phase: 'ended', call: 'id', to: '@query.line' },
    ],
  });
  const HMAC = { kind: 'hmac', hash: 'sha256', encoding: 'hex', at: '@header.x-sign' };
  const sealedSecrets = '{"secret":["s3cret"]}';
  const signed = (text: string) => createHmac('sha256', 's3cret').update(text).digest('hex');
  const URL = '/in/swc/generic/event';
  const FORGED = 'event=end&id=FORGED';
  const PING = '{"event":"ping"}';

  /** Which calls it is of when it comes, and when it is read again; and by whom it was. */
  async function callsIn(signature: object, url: string, sent: Sent): Promise<unknown> {
    const settings = { mapping: mapping(signature) };
    const { send, kept } = doorRig({ settings, sealedSecrets });
    await send(url, sent);
    const [receipt] = kept;
    if (receipt === undefined) return 'refused';
    const again = readWithSurplus(
      dialectNamed('generic') as Dialect,
      receipt as RequestWithSurplus,
      settings,
    );
    expect(again.ok ? again.vendorCallIds : null).toEqual(receipt.vendorCallIds);
    return [receipt.headers['x-switchhook-sender'], receipt.vendorCallIds, receipt.unparsedReason];
  }

  const NO_KIND = 'The message is of no kind that the mapping knows.';
  const UNSIGNED = 'What its URL says is not signed.';
  const cases: [string, string, Sent, string][] = [
    ['URL beside a body of no kind', `${URL}?${FORGED}`, { body: PING }, NO_KIND],
    ['URL without a body', `${URL}?${FORGED}`, { body: '' }, `It has no body. ${UNSIGNED}`],
    ['URL asked for', `${URL}?${FORGED}`, { body: '', method: 'GET' }, `It has no body. ${UNSIGNED}`],
    ['URL beside a body of nothing', `${URL}?${FORGED}`, { body: ' ' }, UNSIGNED],
    ['URL beside prose', `${URL}?${FORGED}`, { body: 'ping' }, UNSIGNED],
    ['URL beside an empty object', `${URL}?${FORGED}`, { body: '{}' }, NO_KIND],
    [
      'text behind its length',
      URL,
      { body: '{"event":"end",', surplus: '"id":"FORGED"}' },
      'The body is not valid JSON.',
    ],
  ];

  it.each(cases)('is not read as if it were: a %s', async (_what, url, sent, reason) => {
    const headers = { 'x-sign': signed(sent.body ?? '') };
    expect(await callsIn(HMAC, url, { ...sent, headers })).toEqual([
      'proved',
      null,
      expect.stringContaining(reason),
    ]);
  });

  it('is not read either where a member of the message is what is signed', async () => {
    const signature = {
      kind: 'hash',
      hash: 'sha256',
      encoding: 'hex',
      at: 'sign',
      of: '{{ event }}{{ secret }}',
    };
    const sign = createHash('sha256').update('pings3cret').digest('hex');
    const body = JSON.stringify({ event: 'ping', sign });
    expect(await callsIn(signature, `${URL}?${FORGED}`, { body })).toMatchObject(['proved', null, NO_KIND]);
  });

  it('costs no call that is signed', async () => {
    const body = '{"event":"end","id":"1"}';
    const headers = { 'x-sign': signed(body) };
    for (const [url, surplus] of [
      [URL, undefined],
      [`${URL}?${FORGED}&line=2`, undefined],
      [URL, '}}'],
    ] as const) {
      const sent = { body, headers, ...(surplus !== undefined && { surplus }) };
      expect(await callsIn(HMAC, url, sent)).toEqual(['proved', ['1'], null]);
    }
  });

  it('is read of whom it is known by more than his body who he is', async () => {
    const url = `https://pbx.example${URL}?event=end&id=1`;
    const host = { host: 'pbx.example' };
    const overUrl = { ...HMAC, of: '{{ url }}{{ body }}' };
    for (const body of ['', PING]) {
      const headers = { ...host, 'x-sign': signed(url + body) };
      expect(await callsIn(overUrl, `${URL}?event=end&id=1`, { body, headers })).toEqual([
        'proved',
        ['1'],
        null,
      ]);
    }
    const token = { kind: 'token', at: '@header.x-token' };
    const told = { headers: { 'x-token': 's3cret' }, body: '{"event":"end",', surplus: '"id":"1"}' };
    expect(await callsIn(token, URL, told)).toEqual(['proved', ['1'], null]);
    const inUrl = { kind: 'hash', hash: 'sha256', encoding: 'hex', at: 'sign', of: '{{ id }}{{ secret }}' };
    const sign = createHash('sha256').update('1s3cret').digest('hex');
    const asked: Sent = { method: 'GET' };
    expect(await callsIn(inUrl, `${URL}?event=end&id=1&sign=${sign}`, asked)).toEqual([
      'proved',
      ['1'],
      null,
    ]);
  });
});

it('keeps no secret that a message told, and reads the same of it', async () => {
  const { send, kept } = doorRig({
    settings: { mapping: 'aircall' },
    sealedSecrets: '{"secret":["s3cret"]}',
  });
  const data = { id: 7, direction: 'inbound', raw_digits: '+12025550163' };
  const body = JSON.stringify({ resource: 'call', event: 'call.ended', token: 's3cret', data });
  expect(await send('/in/swc/generic/events', { body })).toMatchObject({ status: 200 });
  expect(kept).toMatchObject([{ vendorCallIds: ['7'], body: Buffer.from(body.replace('s3cret', '******')) }]);
});

describe('a connection whose mapping this version does not know', () => {
  const mappings: [string, unknown][] = [
    ['by its name', 'gone'],
    ['by what is in it', { title: 'T', routes: [{ name: 'event', what: 'x' }], shapes: [{}] }],
  ];

  it.each(mappings)('asks for its webhooks again: not %s', async (_what, mapping) => {
    const { send, kept, refused } = doorRig({ settings: { mapping } });
    for (const route of ['event', 'whatever-it-was']) {
      const answer = await send(`/in/swc/generic/${route}`, { body: '{"id":1}' });
      expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '60' } });
    }
    expect([kept, refused]).toEqual([[], ['busy', 'busy']]);
  });

  it('believes nobody', () => {
    const request = { method: 'POST', route: 'event', query: '', headers: {}, body: new Uint8Array() };
    const signed = { ...request, addresses: [], receivedAt: 0 };
    expect(dialectNamed('generic')?.verify?.(signed, { mapping: 'gone' }, {})).toMatchObject({ ok: false });
  });
});
