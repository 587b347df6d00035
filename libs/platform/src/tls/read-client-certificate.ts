/** Reads a client certificate as people give it, so that what is wrong with it is told to them and not to each delivery. */
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { Instant } from '#domain';
import { certificateFacts, certificatesIn } from './certificate-facts.js';
import type { CertificateTexts } from './client-certificate.js';

export interface CertificateProblem {
  member: keyof CertificateTexts;
  /** A clause that goes on from the member's name. It repeats nothing of what was given. */
  message: string;
}

export type CertificateReading =
  /** The texts with nothing in them but the certificates and the key. */
  { ok: true; texts: CertificateTexts } | { ok: false; problems: CertificateProblem[] };

type Read<T> = { ok: true; value: T } | { ok: false; message: string };

const MOST_CERTIFICATES = 10;
const RSA_BITS = { least: 2048, most: 8192 };
/** What TLS 1.3 signs with (RFC 8446, section 4.2.3), by OpenSSL's names. */
const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];
/** Extended key usage: TLS client, any (RFC 5280, section 4.2.1.12). */
const FOR_CLIENTS = ['1.3.6.1.5.5.7.3.2', '2.5.29.37.0'];

export function readClientCertificate(given: CertificateTexts, now: Instant): CertificateReading {
  const chain = readChain(given.certificate, now);
  const key = readKey(given.privateKey);
  const authority = given.serverAuthority === null ? null : readCertificates(given.serverAuthority, now);
  const problems = [
    ...problemOf('certificate', chain),
    ...problemOf('privateKey', key),
    ...problemOf('serverAuthority', authority),
  ];
  if (!chain.ok || !key.ok || authority?.ok === false) return { ok: false, problems };
  if (chain.value[0]?.checkPrivateKey(key.value) !== true) {
    const message = 'is not the key of the certificate: of the first one, where there are several';
    return { ok: false, problems: [{ member: 'privateKey', message }] };
  }
  const texts = {
    certificate: pemOf(chain.value),
    privateKey: key.value.export({ type: 'pkcs8', format: 'pem' }).toString(),
    serverAuthority: authority && pemOf(authority.value),
  };
  const message = fault(texts);
  return message === null
    ? { ok: true, texts }
    : { ok: false, problems: [{ member: 'certificate', message }] };
}

function readChain(pem: string, now: Instant): Read<X509Certificate[]> {
  const read = readCertificates(pem, now);
  if (!read.ok) return read;
  const [own, ...others] = read.value;
  const purposes = own?.keyUsage;
  if (purposes !== undefined && !purposes.some((purpose) => FOR_CLIENTS.includes(purpose))) {
    return no('is not for TLS clients: its extended key usage lacks clientAuth');
  }
  const astray = others.findIndex((issuer, index) => read.value[index]?.checkIssued(issuer) !== true);
  if (astray === -1) return read;
  const number = astray + 1;
  return no(`is out of order: number ${number} was not issued by number ${number + 1}; begin with your own`);
}

function readCertificates(pem: string, now: Instant): Read<X509Certificate[]> {
  let certificates: X509Certificate[];
  try {
    certificates = certificatesIn(pem);
  } catch {
    return no('holds a certificate that cannot be read');
  }
  if (certificates.length === 0) return no('must be PEM: text that begins with -----BEGIN CERTIFICATE-----');
  if (certificates.length > MOST_CERTIFICATES) return no(`must be at most ${MOST_CERTIFICATES} certificates`);
  const faults = certificates.flatMap((certificate, index) => {
    const { validFrom, validTo } = certificateFacts(certificate);
    const which = certificates.length === 1 ? '' : ` (number ${index + 1})`;
    if (validTo <= now) return [`expired on ${dayOf(validTo)}${which}`];
    return validFrom > now ? [`is not valid before ${dayOf(validFrom)}${which}`] : [];
  });
  return faults[0] === undefined ? { ok: true, value: certificates } : no(faults[0]);
}

function readKey(pem: string): Read<KeyObject> {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return no(
      /ENCRYPTED/.test(pem)
        ? 'is encrypted: give it without its passphrase (openssl pkey -in key.pem -out plain.pem); we keep it sealed'
        : 'must be a private key in PEM: text that begins with -----BEGIN PRIVATE KEY-----',
    );
  }
  const weakness = weaknessOf(key);
  return weakness === null ? { ok: true, value: key } : no(weakness);
}

function weaknessOf({
  asymmetricKeyType: type,
  asymmetricKeyDetails: details = {},
}: KeyObject): string | null {
  if (type === 'ed25519' || type === 'ed448') return null;
  if (type === 'ec') {
    return CURVES.includes(details.namedCurve ?? '') ? null : 'must be on the curve P-256, P-384 or P-521';
  }
  if (type !== 'rsa' && type !== 'rsa-pss') return 'must be an RSA, EC or Ed25519 key';
  const bits = details.modulusLength ?? 0;
  const { least, most } = RSA_BITS;
  return bits >= least && bits <= most ? null : `must have ${least} to ${most} bits, it has ${bits}`;
}

/** What OpenSSL has against it beyond what we looked at, such as a signature made with SHA-1. Only its code is told. */
function fault({ certificate, privateKey, serverAuthority }: CertificateTexts): string | null {
  try {
    createSecureContext({
      cert: certificate,
      key: privateKey,
      ...(serverAuthority !== null && { ca: serverAuthority }),
    });
    return null;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return `cannot be used for TLS (${code})`;
  }
}

function problemOf(member: keyof CertificateTexts, read: Read<unknown> | null): CertificateProblem[] {
  return read === null || read.ok ? [] : [{ member, message: read.message }];
}

function pemOf(certificates: readonly X509Certificate[]): string {
  return certificates.map(String).join('');
}

function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}

function no(message: string): { ok: false; message: string } {
  return { ok: false, message };
}
