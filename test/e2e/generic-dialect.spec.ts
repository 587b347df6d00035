import { createHmac } from 'node:crypto';
import { ApiClient, type Answer } from '../harness/api.js';
import { Product, type ProductProcess } from '../harness/product.js';
import { openTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { until } from '../harness/until.js';

const ADMIN_KEY = `sk_${'e2e'.repeat(15)}`;
const PUBLIC_URL = 'https://switchhook.example';
const TOKEN = '12345';

/** A vendor who is nobody's: JSON with a list of legs, a challenge, and a signature over the time and the body. */
const MAPPING = {
  title: 'Acme PBX',
  guide: ['Paste the URL into Acme.'],
  routes: [{ name: 'hook', what: 'Events' }],
  signature: {
    kind: 'hmac',
    hash: 'sha256',
    encoding: 'hex',
    at: '@header.x-acme-signature',
    of: '{{ timestamp }}.{{ body }}',
    timestamp: { at: '@header.x-acme-time' },
  },
  handshakes: [
    {
      name: 'challenge',
      when: [{ at: 'challenge', there: true }],
      reply: { contentType: 'application/json', body: '{"challenge":"{{ challenge }}"}' },
    },
  ],
  replies: {
    accepted: { status: 202, contentType: 'application/json', body: '{"ok":true}' },
    refused: { status: 403, contentType: 'application/json', body: '{"error":"{{ reason }}"}' },
  },
  shapes: [
    { name: 'noise', when: [{ at: 'event', is: ['ping'] }], quiet: true },
    {
      name: 'end',
      when: [{ at: 'event', is: ['end'] }],
      phase: 'ended',
      call: 'call.id',
      direction: { at: 'call.way', words: { in: 'inbound', out: 'outbound' } },
      result: { at: 'call.cause', words: { ok: 'answered', none: 'missed' } },
      status: 'call.cause',
      from: 'call.from',
      to: 'call.to',
      startedAt: 'call.began',
      answeredAt: 'call.picked',
      endedAt: 'call.over',
    },
  ],
};

describe('a PBX that nobody wrote a dialect for', () => {
  let database: TestDatabase;
  let product: Product;
  let app: ProductProcess;
  let client: ApiClient;

  beforeAll(async () => {
    database = await openTestDatabase();
    product = new Product({ DATABASE_URL: database.url, ADMIN_KEY, PUBLIC_URL });
    app = await product.start('standalone');
    const operator = new ApiClient(app.url(), ADMIN_KEY);
    const tenant = made(await operator.post('/v1/tenants', { name: 'Acme' }))['id'];
    client = operator.with({ 'switchhook-tenant': String(tenant) });
  });
  afterAll(async () => {
    await product.close();
    await database.close();
  });

  function made({ status, body, text }: Answer): Record<string, unknown> {
    if (status > 299) throw new Error(`${status} ${text}`);
    return body;
  }

  async function connect(settings: object): Promise<{ id: string; url: string; path: string }> {
    const draft = { name: 'PBX', dialect: 'generic', timeZone: 'Asia/Jerusalem', country: 'IL', settings };
    const connection = made(await client.post('/v1/connections', draft));
    const [ingress] = connection['ingressUrls'] as { url: string }[];
    const url = ingress?.url ?? '';
    return { id: String(connection['id']), url, path: new URL(url).pathname };
  }

  async function post(path: string, body: string, headers: Record<string, string> = {}) {
    const answer = await fetch(app.url(path), { method: 'POST', body, headers });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  }

  const dataOf = async (path: string) => made(await client.get(path))['data'] as Record<string, unknown>[];
  const callsOf = (id: string) => dataOf(`/v1/calls?connectionId=${id}`);
  const receiptsOf = (id: string) => dataOf(`/v1/connections/${id}/receipts`);

  const EVENT = JSON.stringify({
    event: 'end',
    call: {
      id: 'acme-1',
      way: 'in',
      cause: 'ok',
      from: '+972501234567',
      to: '+972722776772',
      began: '2026-11-21T09:30:00Z',
      picked: '2026-11-21T09:30:07Z',
      over: '2026-11-21T09:30:49Z',
      codec: 'opus',
    },
  });

  it('is one by its mapping: tried first, then signed messages become calls, and others are refused', async () => {
    const tried = made(
      await client.post('/v1/dialects/generic/try', { mapping: MAPPING, request: { body: EVENT } }),
    );
    expect(tried).toMatchObject({
      problems: [],
      shapes: ['end'],
      signature: { verdict: 'not_judged' },
      calls: [
        {
          vendorCallId: 'acme-1',
          result: 'answered',
          ringSeconds: 7,
          talkSeconds: 42,
          from: { e164: '+972501234567' },
        },
      ],
      legs: [{ leftOver: { event: 'end', call: { codec: 'opus' } } }],
      reply: { status: 202, body: '{"ok":true}' },
    });

    const { id, path, url } = await connect({ mapping: MAPPING });
    expect(path).toMatch(/\/generic\/hook$/);
    expect(url.startsWith(PUBLIC_URL)).toBe(true);
    const set = await client.put(`/v1/connections/${id}/mapping`, {
      mapping: MAPPING,
      secrets: { secret: ['old', 'new'] },
    });
    expect(made(set)).toMatchObject({ needs: ['secret'], secrets: { secret: 2 } });
    expect(set.text).not.toContain('"old"');

    // Asked by nobody who signs, and nothing is kept of it.
    expect(await post(path, '{"challenge":"a\\"b"}')).toMatchObject({
      status: 200,
      body: '{"challenge":"a\\"b"}',
    });

    const stamp = String(Math.floor(Date.now() / 1000));
    const signed = (body: string, secret: string) => ({
      'content-type': 'application/json',
      'x-acme-time': stamp,
      'x-acme-signature': createHmac('sha256', secret).update(`${stamp}.${body}`).digest('hex'),
    });
    await until(
      'the secret to count',
      async () => (await post(path, EVENT, signed(EVENT, 'new'))).status === 202,
    );
    expect(await post(path, EVENT)).toMatchObject({
      status: 403,
      body: expect.stringContaining('It is not signed') as unknown,
    });
    expect(await post(path, EVENT, signed(EVENT, 'wrong'))).toMatchObject({ status: 403 });
    const other = EVENT.replace('acme-1', 'acme-2');
    expect(await post(path, other, signed(EVENT, 'new'))).toMatchObject({ status: 403 });
    expect(await post(path, '{"event":"ping"}', signed('{"event":"ping"}', 'old'))).toMatchObject({
      status: 202,
    });

    await until('the call to be there', async () => (await callsOf(id)).length === 1);
    expect(await callsOf(id)).toMatchObject([
      { vendorCallId: 'acme-1', direction: 'inbound', result: 'answered', ringSeconds: 7, talkSeconds: 42 },
    ]);
    // What was refused and what was a handshake is kept nowhere; of what is kept the verdict is.
    const receipts = await receiptsOf(id);
    expect(receipts.length).toBeGreaterThanOrEqual(2);
    for (const receipt of receipts) {
      const whole = made(await client.get(`/v1/receipts/${String(receipt['id'])}`));
      expect(JSON.stringify(whole['headers'])).toContain('"x-switchhook-sender":"proved"');
      expect(JSON.stringify(whole)).not.toContain('acme-2');
    }
    await until('the refusals to be counted', async () => {
      const health = made(await client.get(`/v1/connections/${id}/health`));
      return JSON.stringify(health).includes('bad_signature');
    });
  });

  it('is Twilio, whose signature is over the public address and the form', async () => {
    const { id, path, url } = await connect({ mapping: 'twilio' });
    made(
      await client.put(`/v1/connections/${id}/mapping`, { shipped: 'twilio', secrets: { secret: TOKEN } }),
    );
    const fields: Record<string, string> = {
      CallSid: 'CA1234567890ABCDE',
      CallStatus: 'completed',
      Direction: 'inbound',
      From: '+14158675309',
      To: '+18005551212',
      CallDuration: '42',
      Timestamp: 'Sat, 21 Nov 2026 09:30:49 +0000',
    };
    const form = new URLSearchParams(fields).toString();
    const text =
      url +
      Object.keys(fields)
        .sort()
        .map((name) => name + (fields[name] ?? ''))
        .join('');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', TOKEN).update(text).digest('base64'),
    };
    await until('the secret to count', async () => (await post(path, `${form}&x=1`, headers)).status === 403);
    expect(await post(path, form, headers)).toMatchObject({ status: 200, body: '<Response/>' });
    await until('the call to be there', async () => (await callsOf(id)).length === 1);
    expect(await callsOf(id)).toMatchObject([
      { vendorCallId: 'CA1234567890ABCDE', result: 'answered', talkSeconds: 42 },
    ]);
  });

  it('says what is wrong with a mapping, and keeps none that is', async () => {
    const wrong = { ...MAPPING, shapes: [{ name: 'end', phase: 'over', call: 'a..b' }] };
    const answer = await client.post('/v1/connections', {
      name: 'PBX',
      dialect: 'generic',
      settings: { mapping: wrong },
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('settings.mapping.shapes.0.call');
    const { id } = await connect({});
    const put = await client.put(`/v1/connections/${id}/mapping`, { mapping: wrong });
    expect(put.status).toBe(400);
    expect(put.text).toContain('mapping.shapes.0.phase');
    const seen = await client.get(`/v1/connections/${id}/mapping`);
    expect(made(seen)).toMatchObject({ shipped: null, mapping: null });
    made(await client.put(`/v1/connections/${id}/mapping`, { shipped: 'sipgate' }));
    const late = client.with({ 'if-match': '"1"' });
    expect((await late.put(`/v1/connections/${id}/mapping`, { shipped: 'twilio' })).status).toBe(412);
  });

  it('has secrets that only its own mapping uses, and a mapping that is changed by its own route alone', async () => {
    const { id } = await connect({});
    made(
      await client.put(`/v1/connections/${id}/mapping`, {
        mapping: MAPPING,
        secrets: { secret: 'a secret' },
      }),
    );
    const { signature: _, ...unsigned } = MAPPING;
    const oracle = {
      ...unsigned,
      handshakes: [
        {
          name: 'sign this',
          when: [{ at: 'text', there: true }],
          hmac: { hash: 'sha256', encoding: 'hex', of: 'text' },
          reply: { body: '{{ hmac }}' },
        },
      ],
    };
    const asked = { connectionId: id, request: { body: '{"text":"forged"}' } };
    const tried = made(await client.post('/v1/dialects/generic/try', { ...asked, mapping: oracle }));
    expect(tried).toMatchObject({ handshake: false });
    expect(JSON.stringify(tried)).not.toContain(
      createHmac('sha256', 'a secret').update('forged').digest('hex'),
    );
    // A change of what messages mean is tried with them.
    const title = made(
      await client.post('/v1/dialects/generic/try', { ...asked, mapping: { ...MAPPING, title: 'Other' } }),
    );
    expect(title).toMatchObject({ signature: { verdict: 'wrong' } });

    const settings = made(await client.get(`/v1/connections/${id}`))['settings'] as object;
    const patched = await client.patch(`/v1/connections/${id}`, {
      settings: { ...settings, mapping: unsigned },
    });
    expect(patched.status).toBe(400);
    expect(patched.text).toContain('settings.mapping');
    made(await client.patch(`/v1/connections/${id}`, { name: 'Renamed', settings }));
  });
});
