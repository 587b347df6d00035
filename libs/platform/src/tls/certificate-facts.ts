import { X509Certificate } from 'node:crypto';
import { instant, type Instant } from '#domain';

/** What anybody may know of a certificate. */
export interface CertificateFacts {
  /** Such as `C=IL, O=Acme, CN=switchhook`. */
  subject: string;
  issuer: string;
  /** Hexadecimal. */
  serialNumber: string;
  /** SHA-256 of the certificate, hexadecimal with colons, as OpenSSL and browsers show it. */
  fingerprint: string;
  validFrom: Instant;
  /** The last second that it is good for. */
  validTo: Instant;
}

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/g;

/**
 * The certificates in a PEM text, in their order; whatever stands between them is passed over.
 *
 * @throws Error of OpenSSL's for one that cannot be read
 */
export function certificatesIn(pem: string): X509Certificate[] {
  return [...pem.matchAll(PEM)].map(([text]) => new X509Certificate(text));
}

export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  const { subject, issuer, serialNumber, fingerprint256, validFrom, validTo } = certificate;
  return {
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    serialNumber,
    fingerprint: fingerprint256,
    validFrom: instant(Date.parse(validFrom)),
    validTo: instant(Date.parse(validTo)),
  };
}

/** @param name  one attribute a line; nothing at all when it is empty, whatever its type says */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}
