import type { EndpointAccess, EndpointAuth } from '#domain';
import { authorityViews, certificateView } from './certificate-auth.js';
import type { EndpointAccessDto, EndpointAuthDto } from './endpoint-access.dto.js';

/** What an endpoint is shown, without its secrets. */
export function accessView({ headers, auth }: EndpointAccess): EndpointAccessDto {
  const certified = auth.kind === 'certificate' ? auth : null;
  return {
    headers: Object.keys(headers),
    auth: {
      kind: auth.kind,
      user: auth.kind === 'basic' ? auth.user : null,
      ...clientView(auth),
      certificate: certified && certificateView(certified),
      serverAuthority: certified && authorityViews(certified),
    },
  };
}

type ClientView = Omit<EndpointAuthDto, 'kind' | 'user' | 'certificate' | 'serverAuthority'>;

function clientView(auth: EndpointAuth): ClientView {
  const code = auth.kind === 'oauth2_code' ? auth : null;
  const client = auth.kind === 'oauth2' ? auth : code;
  return {
    authoriseUrl: code?.authoriseUrl ?? null,
    tokenUrl: client?.tokenUrl ?? null,
    clientId: client?.clientId ?? null,
    scope: client?.scope ?? null,
    audience: auth.kind === 'oauth2' ? auth.audience : null,
    sendAs: client?.sendAs ?? null,
    authoriseParameters: code && { ...code.authoriseParameters },
    pkce: code?.pkce ?? null,
    baseUrlFrom: code?.baseUrlFrom ?? null,
    keepAliveDays: code?.keepAliveDays ?? null,
  };
}
