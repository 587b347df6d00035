import { Webhook } from 'standardwebhooks';
import { CrmSink, type CrmSinkOptions } from './crm-sink.js';
import { signatureFault, verifyKey } from './verify-signature.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const GOLDEN = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const GOLDEN_BODY = Buffer.from('{"test": 2432232314}');

let sink: CrmSink;
const opened: CrmSink[] = [];
afterEach(() => Promise.all(opened.splice(0).map((open) => open.close())));

async function open(options: Partial<CrmSinkOptions> = {}): Promise<void> {
  sink = new CrmSink({ now: () => Date.now(), ...options });
  opened.push(sink);
  await sink.listen();
}

function event(callId: string, sequence: number) {
  const timestamp = new Date().toISOString();
  return JSON.stringify({
    id: `${callId}-${String(sequence)}`,
    type: 'call.ended',
    timestamp,
    sequence,
    data: { vendorCallId: callId },
  });
}

function post(name: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(sink.url(name), {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

describe('signatures', () => {
  const at = { nowSeconds: 1_614_265_330 };

  it('accept the published examples, symmetric and ed25519', () => {
    const ed25519 =
      'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
    const signed =
      'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==';
    expect(signatureFault(GOLDEN, GOLDEN_BODY, { keys: [verifyKey(SECRET)], ...at })).toBeUndefined();
    expect(
      signatureFault({ ...GOLDEN, 'webhook-signature': `v1,AAAA ${signed}` }, GOLDEN_BODY, {
        keys: [verifyKey(ed25519)],
        ...at,
      }),
    ).toBeUndefined();
  });

  it.each([
    ['another body', GOLDEN, Buffer.from('{}'), 'wrong signature'],
    ['another id', { ...GOLDEN, 'webhook-id': 'msg_1' }, GOLDEN_BODY, 'wrong signature'],
    ['no signature', { ...GOLDEN, 'webhook-signature': '' }, GOLDEN_BODY, 'unsigned'],
    ['rubbish', { ...GOLDEN, 'webhook-signature': 'v1' }, GOLDEN_BODY, 'wrong signature'],
    [
      'an old timestamp',
      { ...GOLDEN, 'webhook-timestamp': '1614264000' },
      GOLDEN_BODY,
      'timestamp out of tolerance',
    ],
  ])('refuse %s', (_name, headers, body, fault) => {
    expect(signatureFault(headers, body, { keys: [verifyKey(SECRET)], ...at })).toBe(fault);
  });

  it('are asked for once the sink was told a secret, and may be made with any of several', async () => {
    await open({ secrets: { acme: ['whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', SECRET] } });
    const body = event('call-1', 1);
    const now = new Date();
    const signature = new Webhook(SECRET).sign('msg_1', now, body);
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    expect((await post('acme', body, headers)).status).toBe(200);
    expect((await post('acme', body)).status).toBe(401);
    expect(sink.book('acme').stats()).toMatchObject({ requests: 2, delivered: 1, badSignatures: 1 });
  });
});

describe('scripts', () => {
  it('are answered in order, then comes 200', async () => {
    await open({
      scripts: {
        acme: { answers: [503, { status: 429, headers: { 'retry-after': '7' }, body: 'slow down' }] },
      },
    });
    const answers = [await post('acme', '{}'), await post('acme', '{}'), await post('acme', '{}')];
    expect(answers.map(({ status }) => status)).toEqual([503, 429, 200]);
    expect(answers[1]?.headers.get('retry-after')).toBe('7');
    expect(await answers[1]?.text()).toBe('slow down');
  });

  it('have windows of time that come before all else', async () => {
    let now = 1_000;
    await open({ now: () => now });
    sink.setScript('acme', { windows: [{ fromMs: 100, untilMs: 200, answer: 500 }], otherwise: 204 });
    const statuses: number[] = [];
    for (now of [1_000, 1_100, 1_199, 1_200]) statuses.push((await post('acme', '{}')).status);
    expect(statuses).toEqual([204, 500, 500, 204]);
  });

  it('can break the connection', async () => {
    await open({ scripts: { acme: { answers: ['reset'] } } });
    await expect(post('acme', '{}')).rejects.toThrow();
    expect(sink.book('acme').stats()).toMatchObject({ requests: 1, delivered: 0, answers: { reset: 1 } });
  });

  it('can never answer, and the sink closes all the same', async () => {
    await open({ scripts: { acme: { answers: ['hang'] } } });
    const hanging = post('acme', '{}').then(
      () => 'answered',
      () => 'cut off',
    );
    await sink.until(() => sink.book('acme').stats().requests === 1, 5_000);
    await opened.pop()?.close();
    expect(await hanging).toBe('cut off');
  });

  it('that answer late deliver nothing to a sender who has gone', async () => {
    await open({ scripts: { acme: { answers: [{ status: 200, delayMs: 60 }] } } });
    const gone = new AbortController();
    const request = fetch(sink.url('acme'), { method: 'POST', body: '{}', signal: gone.signal }).catch(
      () => 'gone',
    );
    setTimeout(() => gone.abort(), 20);
    expect(await request).toBe('gone');
    // The second one is answered after the first would have been.
    sink.setScript('acme', { answers: [{ status: 200, delayMs: 80 }] });
    await post('acme', '{}');
    expect(sink.book('acme').stats().delivered).toBe(1);
  });
});

describe('the book', () => {
  it('counts what is delivered twice: by webhook id, by event, by place in the call', async () => {
    await open();
    await post('acme', event('a', 1), { 'webhook-id': 'one' });
    await post('acme', event('b', 1), { 'webhook-id': 'one' });
    await post('acme', event('a', 1), { 'webhook-id': 'two' });
    expect(sink.book('acme').stats()).toMatchObject({ delivered: 3, duplicates: 2 });
  });

  it('counts what overtakes an earlier event of the same call', async () => {
    await open();
    for (const [call, sequence] of [
      ['a', 2],
      ['b', 1],
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ] as const) {
      await post('acme', event(call, sequence), { 'webhook-id': `${call}${String(sequence)}` });
    }
    expect(sink.book('acme').stats()).toMatchObject({
      delivered: 5,
      duplicates: 0,
      outOfOrder: 1,
      distinctCalls: 2,
    });
  });

  it('does not count what the script refused', async () => {
    await open({ scripts: { acme: { answers: [500] } } });
    await post('acme', event('a', 1), { 'webhook-id': 'one' });
    await post('acme', event('a', 1), { 'webhook-id': 'one' });
    expect(sink.book('acme').stats()).toMatchObject({
      requests: 2,
      delivered: 1,
      duplicates: 0,
      answers: { 200: 1, 500: 1 },
    });
  });

  it('keeps names apart, and knows the call of a vendor format too', async () => {
    await open();
    await post('one', '{"ivruniqueid":"x","err":0}');
    await post('two', 'ivruniqueid=x&caller=1');
    await post(
      'three',
      '<methodCall><params><struct><member><name>ivruniqueid</name><value><string>x</string></value></member></struct></params></methodCall>',
    );
    expect(sink.names.map((name) => sink.book(name).records.map(({ callId }) => callId))).toEqual([
      ['x'],
      ['x'],
      ['x'],
    ]);
  });

  it('takes bodies that are no message at all', async () => {
    await open({ keepBodies: 1 });
    expect((await post('acme', '{oops')).status).toBe(200);
    expect(sink.bodies('acme')).toMatchObject([{ body: '{oops', status: 200 }]);
  });
});

describe('control over HTTP', () => {
  const control = (method: string, path: string, body?: unknown) =>
    fetch(new URL(`/control/${path}`, sink.url('x')), {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('sets scripts and secrets, shows and forgets what arrived', async () => {
    await open();
    expect((await control('PUT', 'acme/script', [418])).status).toBe(200);
    expect((await post('acme', '{}')).status).toBe(418);
    expect((await control('PUT', 'acme/secret', { secret: SECRET })).status).toBe(200);
    expect((await post('acme', '{}')).status).toBe(401);
    expect(await (await control('GET', 'stats')).json()).toMatchObject({
      acme: { requests: 2, badSignatures: 1 },
    });
    await control('POST', 'reset');
    expect(await (await control('GET', 'stats')).json()).toMatchObject({ acme: { requests: 0 } });
  });

  it.each([
    ['PUT', 'acme/script', { answers: ['explode'] }, 400],
    ['PUT', 'acme/script', 7, 400],
    ['PUT', 'acme/secret', { secret: 'hunter2' }, 400],
    ['GET', 'nowhere', undefined, 404],
  ])('%s %s with %j is answered %s... %i', async (method, path, body, status) => {
    await open();
    expect((await control(method, path, body)).status).toBe(status);
  });
});
