/** What an endpoint's requests carry besides what we make: headers of its own, and its credentials. Kept sealed. */

export const AUTH_KINDS = ['none', 'basic', 'bearer', 'oauth2', 'oauth2_code', 'certificate'] as const;
/** How a client tells its secret to the token endpoint (RFC 6749, section 2.3.1). */
export const SENT_AS = ['basic', 'body'] as const;

/** Client credentials of OAuth 2 (RFC 6749, section 4.4). */
export interface OAuthClient {
  kind: 'oauth2';
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string | null;
  /** Some servers want to be told whom the token is for. */
  audience: string | null;
  sendAs: (typeof SENT_AS)[number];
}

/**
 * OAuth 2 with a code (RFC 6749, section 4.1): somebody agrees on the CRM's own page. What they agreed to are the endpoint's
 * grants, which are kept beside this: it says only how one is come by.
 */
export interface OAuthCodeClient {
  kind: 'oauth2_code';
  /** The page on which people agree. */
  authoriseUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string | null;
  sendAs: (typeof SENT_AS)[number];
  /** Further parameters of the page, such as `access_type=offline`. */
  authoriseParameters: Readonly<Record<string, string>>;
  /** Whether the code is bound to a secret of this one journey (RFC 7636, S256). */
  pkce: boolean;
  /** The member of the token endpoint's answer that says where the CRM is; null: where the endpoint's URL says. */
  baseUrlFrom: string | null;
  /** A grant that nobody needs is renewed at least this often: refresh tokens that lie idle end. */
  keepAliveDays: number;
}

export const KEEP_ALIVE_DAYS = 7;

/** What the page is asked with is ours to say. */
export const OWN_AUTHORISE_PARAMETERS: ReadonlySet<string> = new Set([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
]);

/** Who we are, shown while a connection is made secure (mutual TLS). All of it is PEM. */
export interface CertificateAuth {
  kind: 'certificate';
  /** Ours first, then those that vouch for it, each issued by the next. */
  certificate: string;
  /** Not encrypted: it is sealed with everything else. */
  privateKey: string;
  /** Who vouches for the server, and nobody else; null: whom everybody trusts. */
  serverAuthority: string | null;
}

export type EndpointAuth =
  | { kind: 'none' }
  | { kind: 'basic'; user: string; password: string }
  | { kind: 'bearer'; token: string }
  | OAuthClient
  | OAuthCodeClient
  | CertificateAuth;

export interface EndpointAccess {
  /** By name in lower case. The values are secrets: people put keys there. */
  headers: Readonly<Record<string, string>>;
  auth: EndpointAuth;
}

export const NO_ENDPOINT_ACCESS: EndpointAccess = { headers: {}, auth: { kind: 'none' } };

/** @param text  as `JSON.stringify` left it, opened; null: nothing is kept */
export function readEndpointAccess(text: string | null): EndpointAccess {
  return text === null ? NO_ENDPOINT_ACCESS : (JSON.parse(text) as EndpointAccess);
}
