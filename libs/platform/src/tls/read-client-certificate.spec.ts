import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { instant, type Instant } from '#domain';
import { certificateFacts, certificatesIn } from './certificate-facts.js';
import { Authority, rsa, type Issued, type Wish } from './certificates.fixture.js';
import type { CertificateTexts } from './client-certificate.js';
import { readClientCertificate, type CertificateReading } from './read-client-certificate.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const NOW = instant(Date.now());
const inDays = (days: number): Instant => instant(NOW + days * DAY_MS);
const FOR_SERVERS = '1.3.6.1.5.5.7.3.1';
const FOR_CLIENTS = '1.3.6.1.5.5.7.3.2';

let root: Authority;
let below: Authority;
let ours: Issued;
beforeAll(async () => {
  root = await Authority.make('Root');
  below = await Authority.make('Below', root);
  ours = await root.issue({ name: 'switchhook' });
});

function read(more: Partial<CertificateTexts> = {}, now = NOW): CertificateReading {
  return readClientCertificate({ ...ours, serverAuthority: null, ...more }, now);
}

/** `member: message`, one for each problem. */
function problems(more: Partial<CertificateTexts>, now = NOW): string[] {
  const reading = read(more, now);
  return reading.ok ? [] : reading.problems.map(({ member, message }) => `${member}: ${message}`);
}

async function issued(wish: Partial<Wish>): Promise<Issued> {
  return root.issue({ name: 'switchhook', ...wish });
}

describe('readClientCertificate takes', () => {
  it('a certificate with its key, and what is around them is not kept', () => {
    const { certificate, privateKey } = ours;
    const note = 'Bag Attributes\r\n    friendlyName: ours\r\n';
    expect(
      read({
        certificate: note + certificate.replaceAll('\n', '\r\n') + privateKey,
        privateKey: note + certificate + privateKey,
      }),
    ).toEqual({ ok: true, texts: { certificate, privateKey, serverAuthority: null } });
  });

  it('a chain, and several authorities for the server', async () => {
    const { certificate, privateKey } = await below.issue({ name: 'switchhook' });
    const chain = certificate + below.certificate + root.certificate;
    const serverAuthority = below.certificate + root.certificate;
    expect(read({ certificate: chain, privateKey, serverAuthority })).toEqual({
      ok: true,
      texts: { certificate: chain, privateKey, serverAuthority },
    });
  });

  it.each<Partial<Wish>>([
    { algorithm: rsa(2048) },
    { algorithm: { name: 'ECDSA', namedCurve: 'P-384' } },
    { algorithm: { name: 'ECDSA', namedCurve: 'P-521' } },
    { purposes: [FOR_SERVERS, FOR_CLIENTS] },
    { purposes: ['2.5.29.37.0'] },
  ])('%j', async (wish) => {
    expect(read(await issued(wish))).toMatchObject({ ok: true });
  });

  it('an old spelling of the key, and keeps it in the new one', async () => {
    const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(publicKey.asymmetricKeyType).toBe('rsa');
    const old = key.export({ type: 'pkcs1', format: 'pem' }).toString();
    // Read far enough to be told from another's key: that is all that is wrong with it.
    expect(problems({ privateKey: old })).toEqual([expect.stringContaining('is not the key of')]);
  });
});

describe('readClientCertificate refuses', () => {
  it.each([
    ['', 'certificate: must be PEM'],
    ['MIIB', 'certificate: must be PEM'],
    [
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      'certificate: holds a certificate that cannot be read',
    ],
    [
      '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----',
      'certificate: holds a certificate that cannot be read',
    ],
  ])('%j for a certificate', (certificate, problem) => {
    expect(problems({ certificate })).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['', 'privateKey: must be a private key in PEM'],
    [
      '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----',
      'privateKey: must be a private key in PEM',
    ],
  ])('%j for a key', (privateKey, problem) => {
    expect(problems({ privateKey })).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['pkcs8', { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }],
    ['pkcs1', { type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }],
  ] as const)('an encrypted key (%s), and says how to give it', (_what, encoding) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export(encoding).toString();
    expect(problems({ privateKey: pem })).toEqual([
      expect.stringMatching(/^privateKey: is encrypted: .*openssl pkey/),
    ]);
  });

  it('the key of another certificate', async () => {
    const { privateKey } = await issued({});
    expect(problems({ privateKey })).toEqual([
      expect.stringContaining('privateKey: is not the key of the certificate'),
    ]);
  });

  it.each<[string, Partial<Wish>]>([['2048 to 8192 bits, it has 1024', { algorithm: rsa(1024) }]])(
    'a key that must have %s',
    async (words, wish) => {
      expect(problems(await issued(wish))).toEqual([expect.stringContaining(words)]);
    },
  );

  it.each([
    ['on the curve P-256', generateKeyPairSync('ec', { namedCurve: 'secp256k1' })],
    ['an RSA, EC or Ed25519 key', generateKeyPairSync('x25519')],
    ['an RSA, EC or Ed25519 key', generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 })],
  ])('a key that must be %s', (words, { privateKey: key }) => {
    const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(problems({ privateKey })).toEqual([expect.stringContaining(words)]);
  });

  it('one that expired, from its last second on, and one that is not valid yet', async () => {
    const soon = await issued({ fromDays: -1, toDays: 2 });
    const [own] = certificatesIn(soon.certificate).map(certificateFacts);
    const { validFrom = NOW, validTo = NOW } = own ?? {};
    const at = (ms: number) => problems(soon, instant(ms));
    expect([at(validFrom), at(validTo - 1)]).toEqual([[], []]);
    expect(at(validTo)).toEqual([expect.stringMatching(/^certificate: expired on \d{4}-/)]);
    expect(at(validFrom - 1)).toEqual([expect.stringMatching(/^certificate: is not valid before \d{4}-/)]);
  });

  it('one that is vouched for by one that expired, and says which', async () => {
    const { certificate, privateKey } = await below.issue({ name: 'switchhook', toDays: 99 });
    const chain = certificate + below.certificate;
    expect(problems({ certificate: chain, privateKey }, inDays(40))).toEqual([
      expect.stringMatching(/^certificate: expired on .* \(number 2\)$/),
    ]);
  });

  it('a chain in another order, or of strangers', async () => {
    const { certificate, privateKey } = await below.issue({ name: 'switchhook' });
    expect(problems({ certificate: certificate + root.certificate, privateKey })).toEqual([
      expect.stringContaining('number 1 was not issued by number 2'),
    ]);
    const stranger = await Authority.make('Stranger');
    const chain = certificate + below.certificate + stranger.certificate;
    expect(problems({ certificate: chain, privateKey })).toEqual([
      expect.stringContaining('number 2 was not issued by number 3'),
    ]);
  });

  it('one that is for servers only', async () => {
    expect(problems(await issued({ purposes: [FOR_SERVERS] }))).toEqual([
      expect.stringContaining('certificate: is not for TLS clients'),
    ]);
  });

  it('more certificates than a chain has', () => {
    expect(problems({ serverAuthority: root.certificate.repeat(11) })).toEqual([
      'serverAuthority: must be at most 10 certificates',
    ]);
  });

  it('everything at once, each under its name', () => {
    expect(problems({ certificate: 'x', privateKey: 'y', serverAuthority: 'z' })).toEqual([
      expect.stringMatching(/^certificate: /),
      expect.stringMatching(/^privateKey: /),
      expect.stringMatching(/^serverAuthority: /),
    ]);
  });
});

it('never throws, and never repeats what it was given', () => {
  const block = (kind: string) =>
    fc
      .base64String({ minLength: 8, maxLength: 200 })
      .map((text) => `-----BEGIN ${kind}-----\n${text}\n-----END ${kind}-----\n`);
  const anything = fc.oneof(
    fc.string({ minLength: 8 }),
    block('CERTIFICATE'),
    block('PRIVATE KEY'),
    block('RSA PRIVATE KEY'),
    block('ENCRYPTED PRIVATE KEY'),
    fc.constantFrom('ours', 'key'),
  );
  const given = fc.record({
    certificate: anything,
    privateKey: anything,
    serverAuthority: fc.option(anything),
  });
  fc.assert(
    fc.property(given, (texts) => {
      const real = (text: string) =>
        text === 'ours' ? ours.certificate : text === 'key' ? ours.privateKey : text;
      const { serverAuthority: authority } = texts;
      const reading = readClientCertificate(
        {
          certificate: real(texts.certificate),
          privateKey: real(texts.privateKey),
          serverAuthority: authority === null ? null : real(authority),
        },
        NOW,
      );
      if (reading.ok) return;
      const told = JSON.stringify(reading);
      const lines = Object.values(texts).flatMap((text) => (text === null ? [] : real(text).split('\n')));
      const bodies = lines.filter((line) => line.length >= 16 && !line.startsWith('-----'));
      for (const body of bodies) expect(told).not.toContain(body);
    }),
    { numRuns: 300 },
  );
});
