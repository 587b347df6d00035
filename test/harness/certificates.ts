/** An authority, and the certificates that it issues, made anew in each test run. */
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';

const DAY_MS = 24 * 60 * 60 * 1_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Both PEM. */
export interface Issued {
  certificate: string;
  privateKey: string;
}

export class Authority {
  private constructor(
    private readonly own: X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  static async make(name: string): Promise<Authority> {
    const keys = await newKeys();
    return new Authority(await certified(name, keys), keys);
  }

  /** PEM. */
  get certificate(): string {
    return pem(this.own);
  }

  /** @param toDays  until when, days from now; negative for one that expired */
  async issue(name: string, toDays = 30): Promise<Issued> {
    const keys = await newKeys();
    const by = { issuer: this.own.subject, signingKey: this.keys.privateKey };
    const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
    return { certificate: pem(await certified(name, keys, { by, toDays })), privateKey: key.toString() };
  }
}

async function certified(
  name: string,
  { publicKey, privateKey }: webcrypto.CryptoKeyPair,
  issuing?: { by: { issuer: string; signingKey: webcrypto.CryptoKey }; toDays: number },
): Promise<X509Certificate> {
  const now = Date.now();
  return X509CertificateGenerator.create({
    serialNumber: `01${randomBytes(8).toString('hex')}`,
    subject: `O=Test, CN=${name}`,
    ...(issuing?.by ?? { issuer: `O=Test, CN=${name}`, signingKey: privateKey }),
    publicKey,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(now - 30 * DAY_MS),
    notAfter: new Date(now + (issuing?.toDays ?? 365) * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(issuing === undefined),
      new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
    ],
  });
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}
