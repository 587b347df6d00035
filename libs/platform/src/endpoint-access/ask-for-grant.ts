import { createHash, randomBytes } from 'node:crypto';
import { readUrl, type Instant, type OAuthCodeClient } from '#domain';
import {
  askTokenEndpoint,
  attention,
  noToken,
  withoutToken,
  type AskTokenParts,
  type TokenFailure,
} from './ask-token-endpoint.js';
import { readTokens, type ReadTokens } from './read-tokens.js';

export type GivenTokens = ReadTokens & {
  /** Where the CRM is, where the answer said it. */
  baseUrl: string | null;
};

/** What a code or a refresh token was exchanged for. */
export type GivenGrant =
  | { kind: 'given'; tokens: GivenTokens; at: Instant }
  /** The code or refresh token is worth nothing, or nothing any more. */
  | (TokenFailure & { worthless: boolean })
  | { kind: 'aborted' };

export interface Way {
  timeoutMs: number;
  signal: AbortSignal;
}

const VERIFIER_BYTES = 48;
const LONGEST_BASE_URL = 2 * 1024;
/** Sent with 2xx by some instead of RFC 6749's. */
const WORTHLESS = new Set<unknown>(['invalid_grant', 'invalid_code', 'invalid_token', 'expired_token']);

/** The secret of one journey to a CRM's page and back (RFC 7636, section 4.1). */
export function newVerifier(): string {
  return randomBytes(VERIFIER_BYTES).toString('base64url');
}

/** The page on which somebody agrees, with everything that it has to be asked with (RFC 6749, section 4.1.1). */
export function authorisePage(
  client: OAuthCodeClient,
  { redirectUri, state, verifier }: { redirectUri: string; state: string; verifier: string },
): string {
  const url = new URL(client.authoriseUrl);
  const ask = (name: string, value: string) => {
    url.searchParams.set(name, value);
  };
  for (const [name, value] of Object.entries(client.authoriseParameters)) ask(name, value);
  ask('response_type', 'code');
  ask('client_id', client.clientId);
  ask('redirect_uri', redirectUri);
  if (client.scope !== null) ask('scope', client.scope);
  ask('state', state);
  if (client.pkce) {
    ask('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
    ask('code_challenge_method', 'S256');
  }
  return url.href;
}

/** RFC 6749, section 4.1.3. */
export function exchangeCode(
  client: OAuthCodeClient,
  { code, redirectUri, verifier }: { code: string; redirectUri: string; verifier: string },
  way: Way,
  parts: AskTokenParts,
): Promise<GivenGrant> {
  const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
  if (client.pkce) form.set('code_verifier', verifier);
  return ask(client, form, way, parts);
}

/** RFC 6749, section 6. Never sent twice by itself: the first may have used the refresh token up. */
export function refreshGrant(
  client: OAuthCodeClient,
  refreshToken: string,
  way: Way,
  parts: AskTokenParts,
): Promise<GivenGrant> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  return ask(client, form, way, parts);
}

async function ask(
  client: OAuthCodeClient,
  form: URLSearchParams,
  way: Way,
  parts: AskTokenParts,
): Promise<GivenGrant> {
  const answer = await askTokenEndpoint(client, form, { ...way, mayRepeat: false }, parts);
  if (answer.kind === 'aborted') return answer;
  if (answer.kind === 'failed') return { ...answer, worthless: answer.error === 'invalid_grant' };
  const { members, at } = answer;
  const tokens = readTokens(members, at);
  if (tokens !== null)
    return { kind: 'given', tokens: { ...tokens, baseUrl: baseUrlIn(client, members) }, at };
  const worthless = WORTHLESS.has(members['error']);
  const outcome = worthless
    ? attention('There is no access token: the token endpoint does not take what we have any more.')
    : withoutToken(answer.sent);
  return { ...noToken(answer, outcome), worthless };
}

/** A token goes there: never in the clear where it did not come so. */
function baseUrlIn(
  { baseUrlFrom, tokenUrl }: OAuthCodeClient,
  members: Record<string, unknown>,
): string | null {
  const value = baseUrlFrom === null ? undefined : members[baseUrlFrom];
  const url = typeof value === 'string' && value.length <= LONGEST_BASE_URL ? readUrl(value) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  const { protocol, href } = url;
  return protocol === 'https:' || (protocol === 'http:' && tokenUrl.startsWith('http:')) ? href : null;
}
