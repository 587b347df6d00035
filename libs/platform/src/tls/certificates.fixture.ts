/** Authorities, and the certificates that they issue, made anew in each test run. */
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';

const DAY_MS = 24 * 60 * 60 * 1_000;
const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

type KeyAlgorithm = webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams;

/** Both PEM. */
export interface Issued {
  certificate: string;
  privateKey: string;
}

export interface Wish {
  /** Its common name, and the only host that it is good for. */
  name: string;
  /** Days from now; both may be negative. */
  fromDays?: number;
  toDays?: number;
  /** Extended key usages by their numbers; left out: none are said. */
  purposes?: string[];
  /** As WebCrypto has it. */
  algorithm?: KeyAlgorithm;
}

/** RSA of so many bits. */
export function rsa(bits: number): KeyAlgorithm {
  return {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: bits,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
}

export class Authority {
  private constructor(
    private readonly own: X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  /** @param above  who vouches for it; left out: nobody */
  static async make(name: string, above?: Authority): Promise<Authority> {
    const keys = await newKeys(P256);
    const own = await certified({ name }, keys, { by: above, forAuthority: true });
    return new Authority(own, keys);
  }

  /** PEM. */
  get certificate(): string {
    return pem(this.own);
  }

  async issue(wish: Wish): Promise<Issued> {
    const keys = await newKeys(wish.algorithm ?? P256);
    return issued(await certified(wish, keys, { by: this, forAuthority: false }), keys);
  }

  /** What an issuer's certificate is made with. */
  get signs(): { issuer: string; signingKey: webcrypto.CryptoKey } {
    return { issuer: this.own.subject, signingKey: this.keys.privateKey };
  }
}

async function certified(
  { name, fromDays = -1, toDays = 30, purposes }: Wish,
  { publicKey, privateKey }: webcrypto.CryptoKeyPair,
  { by, forAuthority }: { by: Authority | undefined; forAuthority: boolean },
): Promise<X509Certificate> {
  const now = Date.now();
  return X509CertificateGenerator.create({
    serialNumber: `01${randomBytes(8).toString('hex')}`,
    subject: `O=Test, CN=${name}`,
    ...(by?.signs ?? { issuer: `O=Test, CN=${name}`, signingKey: privateKey }),
    publicKey,
    signingAlgorithm: P256,
    notBefore: new Date(now + fromDays * DAY_MS),
    notAfter: new Date(now + toDays * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(forAuthority),
      new SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
      ...(purposes === undefined ? [] : [new ExtendedKeyUsageExtension(purposes)]),
    ],
  });
}

function newKeys(algorithm: KeyAlgorithm): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function issued(certificate: X509Certificate, { privateKey }: webcrypto.CryptoKeyPair): Issued {
  const key = KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { certificate: pem(certificate), privateKey: key.toString() };
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}
