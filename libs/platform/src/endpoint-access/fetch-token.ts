import { instant, type Instant, type OAuthClient } from '#domain';
import {
  askTokenEndpoint,
  noToken,
  withoutToken,
  type AskTokenParts,
  type TokenFailure,
} from './ask-token-endpoint.js';
import { readTokens } from './read-tokens.js';

/** What asking for an access token came to. */
export type FetchedToken =
  /** Used until then. `baseUrl` is where the CRM is, where the token endpoint said it. */
  | { kind: 'fetched'; token: string; until: Instant; baseUrl?: string }
  | TokenFailure
  /** Ended by our own signal. */
  | { kind: 'aborted' };

/** Where the answer does not say how long the token is good (RFC 6749, section 5.1, only recommends to say it). */
const GOOD_FOR_MS = 5 * 60 * 1000;
const MARGIN_MS = 30 * 1000;

/** Asks a token endpoint for an access token (RFC 6749, section 4.4). Whatever it answers is a value. */
export async function fetchToken(
  client: OAuthClient,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  parts: AskTokenParts,
): Promise<FetchedToken> {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (client.scope !== null) form.set('scope', client.scope);
  if (client.audience !== null) form.set('audience', client.audience);
  const answer = await askTokenEndpoint(client, form, { timeoutMs, signal, mayRepeat: true }, parts);
  if (answer.kind !== 'answered') return answer;
  const { at } = answer;
  const read = readTokens(answer.members, at);
  if (read === null) return noToken(answer, withoutToken(answer.sent));
  const until = instant(at + (read.goodForMs ?? GOOD_FOR_MS - MARGIN_MS));
  return { kind: 'fetched', token: read.access, until };
}
