import type { TenantId } from '#domain';
import { Mailer } from '#platform';
import { oweDelivery } from '../builders/delivery.js';
import { Crm } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { MailServer, type MailServerOptions } from '../harness/mail-server.js';
import { makeEndpoint, makeTenant, type EndpointTraits, type TestEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const OPS = 'mailto:ops@example.com';
const NEWS = {
  eventType: 'endpoint.failing',
  payload: { endpoint: { id: '019a9e5c-7a00-7000-8000-000000000002', name: 'CRM' }, reason: 'It fails.' },
};

describe('e-mail endpoints', () => {
  let world: World;
  let server: MailServer;
  let mailer: Mailer;
  let rig: ForwarderRig;
  let tenantId: TenantId;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    tenantId = await makeTenant(world.sql);
    await serve();
  });
  afterEach(end);

  async function serve(options: MailServerOptions = {}, url?: (port: number) => string): Promise<void> {
    server = await MailServer.open(options);
    mailer = new Mailer(server.setup(url?.(server.port)));
    rig = new ForwarderRig(world, { mailer });
  }
  async function end(): Promise<void> {
    rig.close();
    mailer.close();
    await server.stop();
  }
  const mailTo = (url: string, traits: Partial<EndpointTraits> = {}) =>
    makeEndpoint(world.sql, tenantId, { url, format: 'email', eventTypes: ['endpoint.*'], ...traits });
  const owe = (endpoint: TestEndpoint, traits = {}) =>
    oweDelivery(world.sql, endpoint, { ...NEWS, ...traits });

  it('delivers: what happened is told in plain words, and the try is kept like any other', async () => {
    const endpoint = await mailTo(OPS);
    const { id } = await owe(endpoint);
    await rig.drain(endpoint);
    expect(server.taken).toMatchObject([
      {
        from: 'hook@mail.example',
        to: ['ops@example.com'],
        headers: {
          subject: '[Switchhook] Endpoint "CRM" is failing',
          'message-id': `<${id}@mail.example>`,
          'auto-submitted': 'auto-generated',
          'content-type': expect.stringContaining('text/plain; charset=utf-8') as unknown,
        },
      },
    ]);
    expect(server.taken[0]?.text).toContain('It fails.');
    expect(server.taken[0]?.text).toContain('GET https://api.example/v1/deliveries?endpointId=');
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    expect(await rig.attempts(endpoint)).toMatchObject([
      {
        outcome: 'delivered',
        status: 250,
        error: null,
        body: expect.stringContaining('queued as 42') as unknown,
        requestUrl: 'mailto:ops@example.com',
        requestHeaders: {
          subject: '[Switchhook] Endpoint "CRM" is failing',
          'message-id': `<${id}@mail.example>`,
        },
        ip: null,
      },
    ]);
  });

  it('is told of a real failure of another endpoint', async () => {
    const crm = await Crm.open({ otherwise: 410 });
    const endpoint = await mailTo(OPS);
    const gone = await makeEndpoint(world.sql, tenantId, { url: crm.url() });
    await oweDelivery(world.sql, gone);
    await rig.drain(gone);
    await rig.drain(endpoint);
    await crm.stop();
    expect(server.taken.map(({ headers }) => headers['subject'])).toEqual([
      '[Switchhook] Endpoint "CRM" was disabled',
    ]);
  });

  it('tries again what the server takes later, with the same message id', async () => {
    const endpoint = await mailTo(OPS);
    const { id } = await owe(endpoint);
    server.play({ at: 'RCPT TO', code: 450, text: '4.2.0 greylisted, come later' });
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', attempts: 1, refusals: 0 }]);
    expect(await rig.attempts(endpoint)).toMatchObject([
      {
        outcome: 'unreachable',
        status: 450,
        body: expect.stringContaining('greylisted') as unknown,
        requestHeaders: { 'message-id': `<${id}@mail.example>` },
      },
    ]);
    await rig.pass(endpoint, MINUTE);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
    expect(server.taken.map(({ headers }) => headers['message-id'])).toEqual([`<${id}@mail.example>`]);
  });

  it('gives up what is refused for good, in the words of the server', async () => {
    const endpoint = await mailTo(OPS);
    await owe(endpoint);
    const refusal = { at: 'RCPT TO', code: 550, text: '5.1.1 no such mailbox' } as const;
    server.play(refusal, refusal, refusal);
    for (let tries = 0; tries < 3; tries += 1) {
      await rig.drain(endpoint);
      await rig.pass(endpoint, 15 * MINUTE);
    }
    const [delivery] = await rig.deliveries(endpoint);
    expect(delivery).toMatchObject({ state: 'dead', refusals: 3 });
    expect(delivery?.reason).toContain('The mail server refused it: 5.1.1 no such mailbox');
    expect((await rig.attempts(endpoint)).map(({ outcome, status }) => [outcome, status])).toEqual([
      ['refused', 550],
      ['refused', 550],
      ['refused', 550],
    ]);
  });

  it('writes to each address by itself: one that is refused keeps nothing from the other, nor makes it get two', async () => {
    const endpoint = await mailTo('mailto:gone@example.com,ops@example.com');
    const { id } = await owe(endpoint);
    server.play({ at: 'RCPT TO', code: 550, text: '5.1.1 gone' }, 'take', 'take');
    await rig.drain(endpoint);
    await rig.pass(endpoint, 5 * MINUTE);
    await rig.drain(endpoint);
    expect(server.taken.map(({ to }) => to)).toEqual([['ops@example.com'], ['gone@example.com']]);
    expect(server.taken.map(({ headers }) => headers['message-id'])).toEqual([
      `<${id}.ops.example.com@mail.example>`,
      `<${id}.gone.example.com@mail.example>`,
    ]);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it('does not hold an account of ours that is refused against the tenant, and shows nobody the password', async () => {
    await end();
    await serve({ needsAccount: true }, (port) => `smtp://hook:top-secret-word@127.0.0.1:${port}?tls=none`);
    const endpoint = await mailTo(OPS);
    await owe(endpoint);
    await rig.drain(endpoint);
    expect(server.shown).toEqual(['hook top-secret-word']);
    const [delivery] = await rig.deliveries(endpoint);
    expect(delivery).toMatchObject({ state: 'due', refusals: 0 });
    const attempts = await rig.attempts(endpoint);
    expect(attempts).toMatchObject([{ outcome: 'unreachable', status: null, body: null }]);
    expect(attempts[0]?.error).toContain('its operator has to look at SMTP_URL');
    expect(JSON.stringify([attempts, delivery])).not.toContain('top-secret-word');
  });

  it('says what is missing when the operator has taken the mail server away', async () => {
    const endpoint = await mailTo(OPS);
    await owe(endpoint);
    const without = new ForwarderRig(world);
    await without.drain(endpoint);
    without.close();
    expect(await rig.attempts(endpoint)).toMatchObject([
      { outcome: 'unreachable', error: expect.stringContaining('SMTP_URL') as unknown },
    ]);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due' }]);
  });

  it('has the endpoint’s time and no more', async () => {
    const endpoint = await mailTo(OPS, { timeoutMs: 1_000 });
    await owe(endpoint);
    server.play('hang');
    await rig.drain(endpoint);
    expect(await rig.attempts(endpoint)).toMatchObject([
      { outcome: 'unreachable', error: 'The mail server did not take it within 1 s.' },
    ]);
    await until('the connection to be gone', () => server.open === 0);
  });

  it('a mail that we end ourselves is no attempt: it is still due and goes out with the same id', async () => {
    const endpoint = await mailTo(OPS);
    const { id } = await owe(endpoint);
    server.play('hang');
    const draining = rig.drain(endpoint, (slice) => {
      void until('the mail to be under way', () => server.begun === 1).then(() => slice.abort());
    });
    await draining;
    expect(await rig.attempts(endpoint)).toEqual([]);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', attempts: 0 }]);
    await rig.drain(endpoint);
    expect(server.taken.map(({ headers }) => headers['message-id'])).toEqual([`<${id}@mail.example>`]);
  });

  it('a name of several lines makes no header and no line of its own', async () => {
    const endpoint = await mailTo(OPS);
    const name = 'CRM\r\nBcc: all@example.com\r\n\r\nPay here: http://thief.example\r\n.\r\nRSET שלום';
    await owe(endpoint, { payload: { endpoint: { id: 'x', name }, reason: 'r\r\n.\r\nQUIT' } });
    await rig.drain(endpoint);
    const [mail] = server.taken;
    expect(server.taken).toHaveLength(1);
    expect(mail?.to).toEqual(['ops@example.com']);
    expect(mail?.headers['bcc']).toBeUndefined();
    expect(mail?.headers['subject']).toBe(
      '[Switchhook] Endpoint "CRM Bcc: all@example.com Pay here: http://thief.example . RSET שלום" is failing',
    );
    expect(mail?.text.split('\n').filter((line) => /^(Bcc|Pay|\.|RSET|QUIT)/.test(line))).toEqual([]);
    expect(Object.keys(mail?.headers ?? {}).sort()).toEqual([
      'auto-submitted',
      'content-transfer-encoding',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
      'x-auto-response-suppress',
    ]);
  });

  it('writes no more than so many an hour, and what is over waits', async () => {
    const endpoint = await mailTo(OPS, { formatSettings: { mostPerHour: 3 } });
    for (let news = 0; news < 5; news += 1) await owe(endpoint);
    await rig.drain(endpoint);
    expect(server.taken).toHaveLength(1);
    await rig.pass(endpoint, 20 * MINUTE + SECOND);
    await rig.drain(endpoint);
    expect(server.taken).toHaveLength(2);
    for (let hours = 0; hours < 4; hours += 1) {
      await rig.pass(endpoint, HOUR);
      await rig.drain(endpoint);
    }
    expect(server.taken).toHaveLength(5);
  });

  it('writes nothing about calls', async () => {
    const endpoint = await mailTo(OPS);
    await oweDelivery(world.sql, endpoint);
    await rig.drain(endpoint);
    expect(server.begun).toBe(0);
    expect(await rig.deliveries(endpoint)).toMatchObject([
      { state: 'skipped', reason: 'The format email has no message for call.ended.' },
    ]);
  });
});
