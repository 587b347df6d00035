import fc from 'fast-check';
import { Authority, type Issued } from '../tls/certificates.fixture.js';
import type { ClientCertificate } from '../tls/client-certificate.js';
import { answered, crm, exchanged, local, post, rawServer, until } from './http-sender.fixture.js';
import type { HttpSender } from './http-sender.js';
import { certificateOf, secureCrm, secureSender, type SecureCrm } from './secure-crm.fixture.js';

let root: Authority;
let server: Issued;
let acme: Issued;
let zeta: Issued;
beforeAll(async () => {
  root = await Authority.make('Root');
  server = await root.issue({ name: 'crm.test' });
  acme = await root.issue({ name: 'acme' });
  zeta = await root.issue({ name: 'zeta' });
});

const failureOf = async (sending: ReturnType<HttpSender['send']>) => exchanged(await sending).exchange;
const tlsFailure = (message: string) => ({
  kind: 'failed',
  cause: 'tls',
  message: expect.stringContaining(message) as string,
});

describe('a client certificate', () => {
  it('is shown to a server that asks who we are', async () => {
    const { url, callers } = await secureCrm(server, root);
    const sender = secureSender(root);
    expect(answered(await sender.send(post(url, { certificate: certificateOf('a', acme) }))).body).toBe('ok');
    expect(callers).toMatchObject([{ shown: 'acme' }]);
  });

  it('goes with those that vouch for it', async () => {
    const below = await Authority.make('Below', root);
    const { certificate, privateKey } = await below.issue({ name: 'switchhook' });
    const { url, callers } = await secureCrm(server, root);
    const sender = secureSender(root);
    const chain = { certificate: certificate + below.certificate, privateKey };
    expect((await failureOf(sender.send(post(url, { certificate: certificateOf('a', chain) })))).kind).toBe(
      'answered',
    );
    const alone = certificateOf('a', { certificate, privateKey });
    expect(await failureOf(sender.send(post(url, { certificate: alone })))).toMatchObject({ cause: 'tls' });
    expect(callers).toMatchObject([{ shown: 'switchhook' }]);
  });

  it('goes to no server by plain HTTP', async () => {
    let requests = 0;
    const port = await crm((_request, response) => {
      requests += 1;
      response.end();
    });
    const sender = secureSender(root);
    expect(
      await failureOf(sender.send(post(local(port), { certificate: certificateOf('a', acme) }))),
    ).toEqual({
      kind: 'failed',
      cause: 'blocked',
      message: 'A client certificate can be shown to an https:// URL only.',
    });
    expect([requests, sender.certificatesInUse]).toEqual([0, 0]);
  });

  it('goes to no address that is not allowed', async () => {
    const sender = secureSender(root, { policy: { ports: { exactly: [], from: 1 }, allow: [] } });
    const certificate = certificateOf('a', acme);
    for (const url of ['https://127.0.0.1/', 'https://crm.test/']) {
      expect(await failureOf(sender.send(post(url, { certificate })))).toMatchObject({ cause: 'blocked' });
    }
    expect(sender.certificatesInUse).toBe(0);
  });

  it('that OpenSSL cannot use fails the send, and says why', async () => {
    const { url } = await secureCrm(server, root);
    const sender = secureSender(root);
    const mixed = certificateOf('a', { certificate: acme.certificate, privateKey: zeta.privateKey });
    expect(await failureOf(sender.send(post(url, { certificate: mixed })))).toEqual(
      tlsFailure('The client certificate cannot be used (ERR_'),
    );
    const broken = certificateOf('a', { certificate: 'x', privateKey: 'y' });
    expect(await failureOf(sender.send(post(url, { certificate: broken })))).toMatchObject({ cause: 'tls' });
  });
});

describe('the authority of a server', () => {
  it('is the one that was given with the certificate', async () => {
    const { url } = await secureCrm(server, root);
    const sender = secureSender(await Authority.make('Everybody'));
    const certificate = certificateOf('a', acme, root.certificate);
    expect(answered(await sender.send(post(url, { certificate }))).status).toBe(200);
    // For that certificate only.
    expect(await failureOf(sender.send(post(url)))).toMatchObject({ cause: 'tls' });
    expect(await failureOf(sender.send(post(url, { certificate: certificateOf('a', acme) })))).toMatchObject({
      cause: 'tls',
    });
  });

  it('is nobody else then, were he trusted by everybody', async () => {
    const { url, callers } = await secureCrm(server, root);
    const { certificate: stranger } = await Authority.make('Stranger');
    const sender = secureSender(root);
    const certificate = certificateOf('a', acme, stranger);
    expect(await failureOf(sender.send(post(url, { certificate })))).toMatchObject({ cause: 'tls' });
    expect(callers).toEqual([]);
  });
});

describe('connections', () => {
  /** Who sends: two tenants, one of them twice, another's endpoint with the same certificate, and one with none. */
  const senders = (): Record<
    string,
    { shown: string | undefined; certificate: ClientCertificate | undefined }
  > => ({
    acme: { shown: 'acme', certificate: certificateOf('acme', acme) },
    zeta: { shown: 'zeta', certificate: certificateOf('zeta', zeta) },
    zetasOther: { shown: 'zeta', certificate: certificateOf('zetasOther', zeta) },
    nobody: { shown: undefined, certificate: undefined },
  });
  const letters = fc.array(
    fc.array(
      fc.record({
        who: fc.constantFrom('acme', 'zeta', 'zetasOther', 'nobody'),
        close: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    { minLength: 1, maxLength: 6 },
  );

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'carry one sender’s requests each, whoever else sends to the same place (%s)',
    async (maxVersion) => {
      const { url, callers } = await secureCrm(server, root, { maxVersion, rejectUnauthorized: false });
      const sender = secureSender(root);
      const known = senders();
      let resumed = 0;
      await fc.assert(
        fc.asyncProperty(letters, async (batches) => {
          callers.length = 0;
          for (const batch of batches) {
            const sent = batch.map(({ who, close }) => {
              const headers: Record<string, string> = close ? { who, 'x-close': '1' } : { who };
              return sender.send(post(url, { headers, certificate: known[who]?.certificate }));
            });
            for (const each of await Promise.all(sent)) expect(answered(each).status).toBe(200);
          }
          expect(callers).toHaveLength(batches.flat().length);
          resumed += callers.filter(({ isResumed }) => isResumed).length;
          expect(misled(callers, known)).toEqual([]);
        }),
        { numRuns: 20 },
      );
      // Without this the sessions would not have been put to the test.
      expect(resumed).toBeGreaterThan(0);
    },
    // Hundreds of handshakes.
    30_000,
  );

  function misled(callers: SecureCrm['callers'], known: ReturnType<typeof senders>): unknown[] {
    const ofConnection = new Map<number, string | undefined>();
    return callers.filter(({ headers, shown, connection }) => {
      const { who = '' } = headers;
      const first = ofConnection.get(connection) ?? who;
      ofConnection.set(connection, first);
      return first !== who || shown !== known[who]?.shown;
    });
  }

  it('are kept for the next request with the same certificate, read anew', async () => {
    const { url, callers } = await secureCrm(server, root);
    const sender = secureSender(root);
    for (let count = 0; count < 3; count += 1) {
      await sender.send(post(url, { certificate: certificateOf('a', acme) }));
    }
    expect(callers.map(({ connection }) => connection)).toEqual([0, 0, 0]);
    expect([sender.certificatesInUse, sender.idleConnections]).toEqual([1, 1]);
  });

  it('of a certificate that was replaced are used no more, and are forgotten with it', async () => {
    const { url, callers } = await secureCrm(server, root);
    const sender = secureSender(root, { keepAliveMs: 50 });
    await sender.send(post(url, { certificate: certificateOf('a', acme) }));
    await sender.send(post(url, { certificate: certificateOf('a', zeta) }));
    await sender.send(post(url, { certificate: certificateOf('a', zeta, root.certificate) }));
    expect(callers).toMatchObject([
      { shown: 'acme', connection: 0 },
      { shown: 'zeta', connection: 1 },
      { shown: 'zeta', connection: 2 },
    ]);
    // undici looks at its idle connections about once a second.
    await until(() => sender.certificatesInUse === 0 && sender.idleConnections === 0);
  }, 30_000);

  it('count together, however many certificates there are, and nothing else is remembered', async () => {
    const { url } = await secureCrm(server, root);
    const sender = secureSender(root, { maxIdleConnections: 3 });
    for (let number = 0; number < 20; number += 1) {
      await sender.send(post(url, { certificate: certificateOf(`endpoint ${number}`, acme) }));
    }
    expect([sender.idleConnections, sender.certificatesInUse]).toEqual([3, 3]);
    sender.close();
    expect([sender.idleConnections, sender.certificatesInUse]).toEqual([0, 0]);
  });

  it('that failed, were aborted or came too late leave nothing behind', async () => {
    const sender = secureSender(root);
    const silent = await rawServer('');
    const stop = new AbortController();
    const certificate = certificateOf('a', acme);
    const url = `https://crm.test:${silent}/`;
    const aborted = sender.send(post(url, { certificate, signal: stop.signal }));
    expect(sender.certificatesInUse).toBe(1);
    stop.abort();
    expect((await aborted).kind).toBe('aborted');
    expect(await failureOf(sender.send(post(url, { certificate, timeoutMs: 20 })))).toMatchObject({
      cause: 'timeout',
    });
    expect(sender.certificatesInUse).toBe(0);
  });
});

describe('a server that turns us away', () => {
  it.each([
    ['TLSv1.2', 'it may want a client certificate (ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE)'],
    ['TLSv1.3', 'wants to be shown a client certificate (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)'],
  ] as const)('as we showed no certificate says so (%s)', async (maxVersion, words) => {
    const { url, callers } = await secureCrm(server, root, { maxVersion });
    const sender = secureSender(root);
    expect(await failureOf(sender.send(post(url, { mayRepeat: true })))).toEqual(tlsFailure(words));
    expect(callers).toEqual([]);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('over a certificate without a word (%s)', async (maxVersion) => {
    const { url, callers } = await secureCrm(server, root, { maxVersion });
    const stranger = await (await Authority.make('Stranger')).issue({ name: 'acme' });
    const expired = await root.issue({ name: 'acme', fromDays: -9, toDays: -1 });
    for (const unwanted of [stranger, expired]) {
      const sender = secureSender(root);
      const certificate = certificateOf('a', unwanted);
      expect(await failureOf(sender.send(post(url, { certificate, mayRepeat: true })))).toEqual(
        tlsFailure('client certificate'),
      );
      expect(sender.certificatesInUse).toBe(0);
    }
    expect(callers).toEqual([]);
  });

  it.each([
    [40, 'it may want a client certificate'],
    [42, 'does not accept the client certificate'],
    [43, 'does not accept client certificates of this kind'],
    [44, 'the client certificate was revoked'],
    [45, 'the client certificate has expired'],
    [46, 'does not accept the client certificate'],
    [48, 'does not trust whoever issued the client certificate'],
    [49, 'denies access with this client certificate'],
    [80, 'The server ended the handshake'],
    [116, 'wants to be shown a client certificate'],
  ])('with the alert %s', async (alert, words) => {
    const port = await rawServer(Buffer.from([0x15, 3, 3, 0, 2, 2, alert]));
    const sender = secureSender(root);
    const certificate = certificateOf('a', acme);
    expect(await failureOf(sender.send(post(`https://crm.test:${port}/`, { certificate })))).toEqual(
      tlsFailure(words),
    );
  });

  it('is told from one that breaks a connection which had worked', async () => {
    const { url } = await secureCrm(server, root);
    const sender = secureSender(root);
    const certificate = certificateOf('a', acme);
    await sender.send(post(url, { certificate }));
    const breaking = post(url, { certificate, headers: { 'x-break': '1' } });
    expect(await failureOf(sender.send(breaking))).toMatchObject({ cause: 'reset' });
  });
});
