import tls from 'node:tls';
import {
  answered,
  crm,
  exchanged,
  listening,
  post,
  scripted,
  senderWith,
  until,
} from './http-sender.fixture.js';

/** Made for this test with OpenSSL: CN=crm.test, valid from 2024 to 2124. */
const TEST_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgotUkjk4umqMXf7bv
qRBtwxXGGN/ljyGULiYksXsBNayhRANCAAR2bhQFvEd6AT0zprF9V91BSlBYrJTr
565VQqFsoZuHY6ks4OpRq7msXB/4AqKsv3Je6ap9QY8TY/6Z//kxyyWe
-----END PRIVATE KEY-----
`;
const TEST_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBYzCCAQqgAwIBAgIBATAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhjcm0udGVz
dDAgFw0yNDAxMDEwMDAwMDBaGA8yMTI0MDEwMTAwMDAwMFowEzERMA8GA1UEAwwI
Y3JtLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR2bhQFvEd6AT0zprF9
V91BSlBYrJTr565VQqFsoZuHY6ks4OpRq7msXB/4AqKsv3Je6ap9QY8TY/6Z//kx
yyWeo00wSzAZBgNVHREEEjAQgghjcm0udGVzdIcEfwAAATAPBgNVHRMBAf8EBTAD
AQH/MB0GA1UdDgQWBBRB+8klusubIUz0Q43STGNk0shJnjAKBggqhkjOPQQDAgNH
ADBEAiAiZh9feHAGEeahefNUCqvJiIarNG7SMOVi9OPg7Bq15QIgEAd91fiMek1R
cHGebCpALii9qO1FQ3LyI157wk0PDag=
-----END CERTIFICATE-----
`;

describe('a target that is not allowed', () => {
  it.each([
    'http://10.0.0.1/',
    'http://[::1]:8080/',
    'http://169.254.169.254/',
    'ftp://127.0.0.1/',
    'nonsense',
    'http://127.0.0.1:22/',
  ])('%s is blocked before anything is sent', async (url) => {
    expect(exchanged(await senderWith().send(post(url))).exchange).toMatchObject({
      kind: 'failed',
      cause: 'blocked',
    });
  });

  it('a name is blocked when any of its addresses is forbidden', async () => {
    let requests = 0;
    const port = await crm((_request, response) => {
      requests += 1;
      response.end();
    });
    const sender = senderWith({ resolve: scripted(['127.0.0.1', '192.168.1.1']) });
    expect(exchanged(await sender.send(post(`http://crm.test:${port}/`))).exchange).toEqual({
      kind: 'failed',
      cause: 'blocked',
      message: 'An address of crm.test belongs to a private network (RFC 1918), which is not allowed.',
    });
    expect(requests).toBe(0);
  });

  it('a name is resolved once for each connection, and the socket goes to the address that was judged', async () => {
    const port = await crm((_request, response) => response.end('ok'));
    const resolve = scripted(['127.0.0.1'], ['169.254.169.254']);
    const sender = senderWith({ resolve });
    const first = exchanged(await sender.send(post(`http://crm.test:${port}/`)));
    expect(first).toMatchObject({ exchange: { status: 200 }, resolvedIp: '127.0.0.1' });
    expect((await sender.send(post(`http://crm.test:${port}/`))).kind).toBe('exchanged');
    expect(resolve.asked).toEqual(['crm.test']);
  });

  it('a name server that answers public first and private later gets nowhere with the second answer', async () => {
    const port = await crm((_request, response) =>
      response.writeHead(200, { connection: 'close' }).end('ok'),
    );
    const resolve = scripted(['127.0.0.1'], ['10.0.0.1']);
    const sender = senderWith({ resolve });
    expect(answered(await sender.send(post(`http://crm.test:${port}/`))).status).toBe(200);
    await until(() => sender.idleConnections === 0);
    expect(exchanged(await sender.send(post(`http://crm.test:${port}/`))).exchange).toMatchObject({
      cause: 'blocked',
    });
    expect(resolve.asked).toEqual(['crm.test', 'crm.test']);
  });
});

describe('TLS', () => {
  function secureCrm(): Promise<number> {
    return listening(
      tls.createServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }, (socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
      }),
    );
  }

  it('works with a certificate that is trusted, by name, and its part of the time is shown', async () => {
    const port = await secureCrm();
    const sender = senderWith({ resolve: scripted(['127.0.0.1']), trustedAuthorities: [TEST_CERTIFICATE] });
    const sent = exchanged(await sender.send(post(`https://crm.test:${port}/`)));
    expect(answered(sent).body).toBe('ok');
    expect(sent.timings.tlsMs).toBeGreaterThan(0);
  });

  it('fails with a certificate that nobody vouches for, whatever the environment says', async () => {
    const port = await secureCrm();
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const { exchange } = exchanged(await senderWith().send(post(`https://127.0.0.1:${port}/`)));
      expect(exchange).toMatchObject({ kind: 'failed', cause: 'tls' });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it("fails with somebody else's certificate", async () => {
    const port = await secureCrm();
    const sender = senderWith({ resolve: scripted(['127.0.0.1']), trustedAuthorities: [TEST_CERTIFICATE] });
    const { exchange } = exchanged(await sender.send(post(`https://other.test:${port}/`)));
    expect(exchange).toMatchObject({
      kind: 'failed',
      cause: 'tls',
      message: expect.stringContaining('ALTNAME') as string,
    });
  });

  it('fails with a server that speaks plain HTTP', async () => {
    const port = await crm((_request, response) => response.end());
    const { exchange } = exchanged(await senderWith().send(post(`https://127.0.0.1:${port}/`)));
    expect(exchange).toMatchObject({
      kind: 'failed',
      cause: expect.stringMatching(/^(tls|reset)$/) as string,
    });
  });
});
