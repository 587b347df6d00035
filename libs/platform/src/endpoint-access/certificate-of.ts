import type { EndpointAccess, EndpointId } from '#domain';
import { ClientCertificate } from '../tls/client-certificate.js';

/** What an endpoint's server is shown that asks who we are, if anything. It is for this endpoint's connections alone. */
export function certificateOf({ auth }: EndpointAccess, owner: EndpointId): ClientCertificate | undefined {
  return auth.kind === 'certificate' ? new ClientCertificate(owner, auth) : undefined;
}
