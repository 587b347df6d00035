import type { CertificateAuth, EndpointAuth, Instant } from '#domain';
import { certificateFacts, certificatesIn, readClientCertificate, type CertificateFacts } from '#platform';
import { timeText } from '../../http/time-text.js';
import { invalidRequest } from '../../http/validation.pipe.js';
import type { CertificateDto, EndpointAuthPutDto } from './endpoint-access.dto.js';

/** @throws AppError `request.invalid` when it cannot be used; no message repeats anything of it */
export function certificateAuth(
  { certificate = '', privateKey = '', serverAuthority }: EndpointAuthPutDto,
  now: Instant,
): CertificateAuth {
  const given = { certificate, privateKey, serverAuthority: serverAuthority ?? null };
  const reading = readClientCertificate(given, now);
  if (reading.ok) return { kind: 'certificate', ...reading.texts };
  throw invalidRequest(
    reading.problems.map(({ member, message }) => ({
      field: `auth.${member}`,
      message: `${member} ${message}`,
    })),
  );
}

/** Until when credentials can be used: as long as our certificate and all that vouch for it; null where nothing says it. */
export function expiryOf(auth: EndpointAuth): Instant | null {
  if (auth.kind !== 'certificate') return null;
  return factsIn(auth.certificate)
    .map(({ validTo }) => validTo)
    .reduce((one, other) => (other < one ? other : one));
}

/** Our own certificate. */
export function certificateView({ certificate }: CertificateAuth): CertificateDto | null {
  return viewsOf(certificate)[0] ?? null;
}

export function authorityViews({ serverAuthority }: CertificateAuth): CertificateDto[] | null {
  return serverAuthority === null ? null : viewsOf(serverAuthority);
}

function viewsOf(pem: string): CertificateDto[] {
  return factsIn(pem).map((facts) => ({
    ...facts,
    validFrom: timeText(facts.validFrom),
    validTo: timeText(facts.validTo),
  }));
}

function factsIn(pem: string): CertificateFacts[] {
  return certificatesIn(pem).map(certificateFacts);
}
