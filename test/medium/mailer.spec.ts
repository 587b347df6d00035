import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Mailer, mailSetupOf, type OutgoingMail, type Sent } from '#platform';
import { freePort } from '../harness/free-port.js';
import {
  MAIL_CERTIFICATE,
  MAIL_PASSWORD,
  MAIL_USER,
  MailServer,
  type MailServerOptions,
} from '../harness/mail-server.js';
import { until } from '../harness/until.js';

const MAIL: OutgoingMail = {
  url: 'mailto:ops@example.com',
  headers: { subject: 'Greetings', 'message-id': '<1@mail.example>', 'auto-submitted': 'auto-generated' },
  body: 'Hello.\n.\nשלום\n',
  timeoutMs: 5_000,
};

let servers: MailServer[] = [];
let mailers: Mailer[] = [];

async function serverWith(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await MailServer.open(options);
  servers.push(server);
  return server;
}

/** @param query  of the SMTP_URL @param account  in it */
function mailerTo(
  server: MailServer,
  { scheme = 'smtp', account = '', query = '', trust = true } = {},
): Mailer {
  const url = `${scheme}://${account}127.0.0.1:${server.port}${query}`;
  const mailer = new Mailer(server.setup(url), trust ? { trustedAuthorities: [MAIL_CERTIFICATE] } : {});
  mailers.push(mailer);
  return mailer;
}

function exchanged(sent: Sent) {
  if (sent.kind !== 'exchanged') throw new Error(sent.kind);
  return sent.exchange;
}

const ACCOUNT = `${MAIL_USER}:${encodeURIComponent(MAIL_PASSWORD)}@`;

describe('Mailer', () => {
  beforeEach(() => {
    servers = [];
    mailers = [];
  });
  afterEach(async () => {
    for (const mailer of mailers) mailer.close();
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('hands a mail over, with its headers and every line of its text, and tells the reply', async () => {
    const server = await serverWith();
    const mailer = mailerTo(server);
    const exchange = exchanged(await mailer.send(MAIL));
    expect(exchange).toMatchObject({ kind: 'answered', status: 250, headers: {} });
    expect(exchange.kind === 'answered' && exchange.body).toContain('queued as 42');
    expect(server.taken).toMatchObject([
      {
        from: 'hook@mail.example',
        to: ['ops@example.com'],
        text: MAIL.body,
        headers: {
          from: 'Switchhook <hook@mail.example>',
          to: 'ops@example.com',
          subject: 'Greetings',
          'message-id': '<1@mail.example>',
          'auto-submitted': 'auto-generated',
        },
      },
    ]);
    expect(mailer.domain).toBe('mail.example');
  });

  it('keeps a connection for the next mail, and gets over it when the server has closed it', async () => {
    const server = await serverWith();
    const mailer = mailerTo(server);
    await mailer.send(MAIL);
    await mailer.send(MAIL);
    expect(server.connections).toBe(1);
    server.closeConnections();
    expect(exchanged(await mailer.send(MAIL))).toMatchObject({ kind: 'answered', status: 250 });
    expect(server.taken).toHaveLength(3);
  });

  it('sends once more over a new connection when a kept one gives way, and only then', async () => {
    const server = await serverWith();
    server.play('take', 'hang-up', 'take', 'hang-up', 'hang-up');
    const mailer = mailerTo(server);
    await mailer.send(MAIL);
    expect(exchanged(await mailer.send(MAIL))).toMatchObject({ kind: 'answered', status: 250 });
    expect([server.begun, server.connections]).toEqual([3, 2]);
    expect(exchanged(await mailer.send(MAIL))).toMatchObject({ kind: 'failed', cause: 'reset' });
    expect([server.begun, server.connections]).toEqual([5, 3]);
  });

  it('opens few connections, however much is to be sent, and all of it goes', async () => {
    const server = await serverWith();
    const mailer = mailerTo(server);
    const sent = await Promise.all(Array.from({ length: 40 }, () => mailer.send(MAIL)));
    expect(sent.map((one) => exchanged(one))).toEqual(
      sent.map(() => expect.objectContaining({ status: 250 }) as unknown),
    );
    expect(server.connections).toBeLessThanOrEqual(5);
  });

  it.each([
    ['smtps', 'implicit', ''],
    ['smtp', 'offered', '?tls=required'],
    ['smtp', 'offered', ''],
  ] as const)('%s encrypts where the server has TLS (%s%s)', async (scheme, tls, query) => {
    const server = await serverWith({ tls, needsAccount: true });
    const mailer = mailerTo(server, { scheme, query, account: ACCOUNT });
    expect(exchanged(await mailer.send(MAIL))).toMatchObject({ status: 250 });
    expect(server.secured).toEqual([true]);
  });

  it.each([
    ['smtps', 'implicit'],
    ['smtp', 'offered'],
  ] as const)('%s does not talk to a server whose certificate nobody vouches for', async (scheme, tls) => {
    const server = await serverWith({ tls, needsAccount: true });
    const mailer = mailerTo(server, { scheme, account: ACCOUNT, trust: false });
    expect(exchanged(await mailer.send(MAIL))).toMatchObject({ kind: 'failed', cause: 'tls' });
    expect(server.begun).toBe(0);
    expect(server.shown).toEqual([]);
  });

  it('does not show its password in the clear, unless it is told to', async () => {
    const server = await serverWith({ tls: 'none', needsAccount: true });
    const wary = mailerTo(server, { account: ACCOUNT });
    expect(exchanged(await wary.send(MAIL))).toMatchObject({ kind: 'failed' });
    expect(server.shown).toEqual([]);
    const trusting = mailerTo(server, { account: ACCOUNT, query: '?tls=none' });
    expect(exchanged(await trusting.send(MAIL))).toMatchObject({ status: 250 });
    expect(server.secured).toEqual([false]);
  });

  it.each([
    ['RCPT TO', 550, 'no such mailbox', { kind: 'answered', status: 550 }],
    ['RCPT TO', 450, 'greylisted', { kind: 'answered', status: 450 }],
    ['DATA', 554, 'looks like spam', { kind: 'answered', status: 554 }],
    ['DATA', 452, 'disk full', { kind: 'answered', status: 452 }],
    ['MAIL FROM', 451, 'come later', { kind: 'answered', status: 451 }],
    ['MAIL FROM', 553, 'who are you', { kind: 'failed', cause: 'unknown' }],
    ['RCPT TO', 530, 'log in first', { kind: 'failed', cause: 'unknown' }],
  ] as const)('a no to %s (%i %s) is told as what it is', async (at, code, text, expected) => {
    const server = await serverWith();
    server.play({ at, code, text });
    const mailer = mailerTo(server);
    const exchange = exchanged(await mailer.send(MAIL));
    expect(exchange).toMatchObject(expected);
    if (exchange.kind === 'answered') expect(exchange.body).toContain(text);
    else expect(exchange.message).toContain(`${code}`);
    expect(exchanged(await mailer.send(MAIL))).toMatchObject({ status: 250 });
  });

  it('says whose trouble it is when its account is refused, without what it has shown', async () => {
    const server = await serverWith({ needsAccount: true });
    const mailer = mailerTo(server, { account: 'hook:wrong-password@' });
    const exchange = exchanged(await mailer.send(MAIL));
    expect(exchange).toEqual({
      kind: 'failed',
      cause: 'unknown',
      message:
        'The mail server does not let this installation in; its operator has to look at SMTP_URL (it answered 535).',
    });
    expect(server.shown).toEqual(['hook wrong-password']);
  });

  it('gives up at its deadline, leaves the connection, and does not use it again', async () => {
    const server = await serverWith();
    server.play('hang');
    const mailer = mailerTo(server);
    expect(exchanged(await mailer.send({ ...MAIL, timeoutMs: 300 }))).toEqual({
      kind: 'failed',
      cause: 'timeout',
      message: 'The mail server did not take it within 0.3 s.',
    });
    await until('the connection to be gone', () => server.open === 0);
    expect(exchanged(await mailer.send(MAIL))).toMatchObject({ status: 250 });
    expect(server.connections).toBe(2);
  });

  it.each([
    ['smtp', '220 hello\r\n'],
    ['smtps', ''],
  ])('gives up in the middle of encrypting as well (%s)', async (scheme, greeting) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(greeting);
      // Says yes to STARTTLS, and nothing more.
      socket.on('data', (bytes) => {
        const said = bytes.toString('latin1');
        if (said.startsWith('EHLO')) socket.write('250-mail.example\r\n250 STARTTLS\r\n');
        if (said.startsWith('STARTTLS')) socket.write('220 go ahead\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const mailer = new Mailer(
      mailSetupOf({ SMTP_URL: `${scheme}://${ACCOUNT}127.0.0.1:${port}`, MAIL_FROM: 'hook@mail.example' }),
    );
    expect(exchanged(await mailer.send({ ...MAIL, timeoutMs: 300 }))).toMatchObject({ cause: 'timeout' });
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('counts the wait for a connection among the time it has', async () => {
    const server = await serverWith();
    server.play(...Array.from({ length: 5 }, () => 'hang' as const));
    const mailer = mailerTo(server);
    const long = Array.from({ length: 5 }, () => mailer.send({ ...MAIL, timeoutMs: 60_000 }));
    await until('all connections to be busy', () => server.begun === 5);
    expect(exchanged(await mailer.send({ ...MAIL, timeoutMs: 200 }))).toMatchObject({ cause: 'timeout' });
    const next = mailer.send(MAIL);
    server.closeConnections();
    expect(exchanged(await next)).toMatchObject({ status: 250 });
    expect((await Promise.all(long)).map((sent) => exchanged(sent))).toEqual(
      long.map(() => expect.objectContaining({ kind: 'failed', cause: 'reset' }) as unknown),
    );
  });

  it('ends at once when it is told to, also what waits, and that is no answer', async () => {
    const server = await serverWith();
    server.play(...Array.from({ length: 5 }, () => 'hang' as const));
    const mailer = mailerTo(server);
    const stop = new AbortController();
    const sends = Array.from({ length: 7 }, () =>
      mailer.send({ ...MAIL, timeoutMs: 60_000, signal: stop.signal }),
    );
    await until('all connections to be busy', () => server.begun === 5);
    stop.abort();
    expect(await Promise.all(sends)).toEqual(sends.map(() => ({ kind: 'aborted' })));
    expect(await mailer.send({ ...MAIL, signal: stop.signal })).toEqual({ kind: 'aborted' });
    await until('the connections to be gone', () => server.open === 0);
    expect(server.taken).toEqual([]);
  });

  it('can be ended in the middle of a text', async () => {
    const server = await serverWith();
    const mailer = mailerTo(server);
    const stop = new AbortController();
    const body = 'x'.repeat(70).concat('\n').repeat(200_000);
    const sending = mailer.send({ ...MAIL, body, timeoutMs: 60_000, signal: stop.signal });
    await until('the mail to be begun', () => server.begun === 1);
    stop.abort();
    expect(await sending).toEqual({ kind: 'aborted' });
    await until('the connection to be gone', () => server.open === 0);
    expect(server.taken).toEqual([]);
  });

  it('tells who does not answer, and what is not set', async () => {
    const port = await freePort();
    const nobody = new Mailer({
      ok: true,
      settings: {
        host: '127.0.0.1',
        port,
        tls: 'none',
        account: null,
        from: { name: 'Switchhook', address: 'hook@mail.example' },
      },
    });
    expect(exchanged(await nobody.send(MAIL))).toMatchObject({ kind: 'failed', cause: 'refused' });
    const unset = new Mailer({ ok: false, missing: ['SMTP_URL', 'MAIL_FROM'] });
    expect(exchanged(await unset.send(MAIL))).toEqual({
      kind: 'failed',
      cause: 'unknown',
      message: 'This installation sends no mail now: its operator has to set SMTP_URL and MAIL_FROM.',
    });
  });
});
