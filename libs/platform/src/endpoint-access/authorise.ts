import type { EndpointAccess, EndpointId } from '#domain';
import type { AccessTokens } from './access-tokens.js';
import type { FetchedToken } from './fetch-token.js';
import type { GrantTokens } from './grant-tokens.js';

/** Whose requests they are, and what they are to carry. */
export interface AccessNeed {
  endpointId: EndpointId;
  /** Opened. */
  access: EndpointAccess;
  /** The same, sealed: what is remembered of another one counts no more. Null for none. */
  sealedAccess: string | null;
  /** Grows whenever people change the endpoint's grants. */
  grantEpoch: number;
  timeoutMs: number;
  signal: AbortSignal;
}

export type Authorised =
  | {
      kind: 'ready';
      /** Of the endpoint's own, by name in lower case. */
      headers: Record<string, string>;
      /** The access token among them, where there is one that can be renewed. */
      token: string | null;
      /** Where the CRM is, where whoever gave the token said it; null: where the endpoint's URL says. */
      baseUrl: string | null;
    }
  | Exclude<FetchedToken, { kind: 'fetched' }>;

/** Where access tokens are had. */
export interface TokenSources {
  /** By the client alone. */
  tokens: Pick<AccessTokens, 'get'>;
  /** By whoever agreed on the CRM's page. */
  grants: Pick<GrantTokens, 'get'>;
}

/**
 * What a request to an endpoint carries besides ours.
 *
 * @param refused  the access token that it took no more, if any
 */
export async function authorise(
  { endpointId, access, sealedAccess, grantEpoch, timeoutMs, signal }: AccessNeed,
  refused: string | null,
  { tokens, grants }: TokenSources,
): Promise<Authorised> {
  const { headers, auth } = access;
  // A certificate is shown by the connection.
  if (auth.kind === 'none' || auth.kind === 'certificate') {
    return { kind: 'ready', headers: { ...headers }, token: null, baseUrl: null };
  }
  if (auth.kind === 'basic' || auth.kind === 'bearer') {
    const authorization = auth.kind === 'basic' ? basicHeader(auth) : `Bearer ${auth.token}`;
    return { kind: 'ready', headers: { ...headers, authorization }, token: null, baseUrl: null };
  }
  const same = { endpointId, refused, timeoutMs, signal };
  const of = sealedAccess ?? '';
  const answer = await (auth.kind === 'oauth2'
    ? tokens.get({ ...same, client: auth, of })
    : grants.get({ ...same, client: auth, of: `${String(grantEpoch)} ${of}` }));
  if (answer.kind !== 'fetched') return answer;
  const { token, baseUrl = null } = answer;
  return { kind: 'ready', headers: { ...headers, authorization: `Bearer ${token}` }, token, baseUrl };
}

/** Everything of it that must not stand in a log, should the endpoint repeat it. @param token  the access token, if any */
export function accessSecrets({ headers, auth }: EndpointAccess, token: string | null): string[] {
  const own = [...Object.values(headers), ...(token === null ? [] : [token])];
  switch (auth.kind) {
    // A certificate's key never leaves us.
    case 'none':
    case 'certificate':
      return own;
    case 'basic':
      return [...own, auth.password, basicHeader(auth).slice('Basic '.length)];
    case 'bearer':
      return [...own, auth.token];
    case 'oauth2':
    case 'oauth2_code':
      return [...own, auth.clientSecret];
  }
}

function basicHeader({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
