import type { EndpointAccess, EndpointId } from '#domain';
import type { AccessTokens } from './access-tokens.js';
import type { FetchedToken } from './fetch-token.js';

/** Whose requests they are, and what they are to carry. */
export interface AccessNeed {
  endpointId: EndpointId;
  /** Opened. */
  access: EndpointAccess;
  /** The same, sealed: what is remembered of another one counts no more. Null for none. */
  sealedAccess: string | null;
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
    }
  | Exclude<FetchedToken, { kind: 'fetched' }>;

/**
 * What a request to an endpoint carries besides ours.
 *
 * @param refused  the access token that it took no more, if any
 */
export async function authorise(
  { endpointId, access, sealedAccess, timeoutMs, signal }: AccessNeed,
  refused: string | null,
  tokens: Pick<AccessTokens, 'get'>,
): Promise<Authorised> {
  const { headers, auth } = access;
  // A certificate is shown by the connection.
  if (auth.kind === 'none' || auth.kind === 'certificate') {
    return { kind: 'ready', headers: { ...headers }, token: null };
  }
  if (auth.kind !== 'oauth2') {
    const authorization = auth.kind === 'basic' ? basicHeader(auth) : `Bearer ${auth.token}`;
    return { kind: 'ready', headers: { ...headers, authorization }, token: null };
  }
  const of = sealedAccess ?? '';
  const answer = await tokens.get({ endpointId, client: auth, of, refused, timeoutMs, signal });
  if (answer.kind !== 'fetched') return answer;
  const { token } = answer;
  return { kind: 'ready', headers: { ...headers, authorization: `Bearer ${token}` }, token };
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
      return [...own, auth.clientSecret];
  }
}

function basicHeader({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
