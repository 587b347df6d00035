import {
  instant,
  outcomeOf,
  type Exchange,
  type Instant,
  type OAuthClient,
  type Outcome,
  type OutcomeClass,
} from '#domain';
import type { Clock } from '../clock/clock.js';
import type { HttpSender } from '../http/http-sender.js';
import type { Sent } from '../http/sent.js';

type Exchanged = Extract<Sent, { kind: 'exchanged' }>;
type Answer = Extract<Exchange, { kind: 'answered' }>;

export interface TokenRequest {
  method: 'POST';
  url: string;
  /** Names in lower case; they or the body hold the client's secret. */
  headers: Record<string, string>;
  body: string;
}

/** What asking for an access token came to. */
export type FetchedToken =
  /** Used until then. */
  | { kind: 'fetched'; token: string; until: Instant }
  /** `sent.exchange` is a failure in our words: what a token endpoint says may hold a token. */
  | { kind: 'failed'; request: TokenRequest | null; sent: Exchanged; outcome: Outcome; at: Instant }
  /** Ended by our own signal. */
  | { kind: 'aborted' };

export interface FetchTokenParts {
  sender: Pick<HttpSender, 'send'>;
  clock: Pick<Clock, 'now'>;
}

const SECOND = 1000;
/** Where the answer does not say how long the token is good (RFC 6749, section 5.1, only recommends to say it). */
const GOOD_FOR_MS = 5 * 60 * SECOND;
/** So long before its end a token is used no more: it must outlive the request that it goes with. */
const MARGIN_MS = 30 * SECOND;
const LONGEST_MS = 24 * 60 * 60 * SECOND;
/** What goes into a header as it is (RFC 6750, section 2.1, and a little more than that). */
const TOKEN = /^[\x21-\x7e]+$/;
/** RFC 6749, section 5.2, and RFC 8707; anything else could be our own secret, sent back. */
const KNOWN_ERRORS: ReadonlySet<unknown> = new Set(
  'invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope invalid_target'.split(
    ' ',
  ),
);
/** These pass by themselves; whatever else is no token wants somebody to look at the settings. */
const PASSES: ReadonlySet<OutcomeClass> = new Set(['unreachable', 'throttled']);

/** Asks a token endpoint for an access token (RFC 6749, section 4.4). Whatever it answers is a value. */
export async function fetchToken(
  client: OAuthClient,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  { sender, clock }: FetchTokenParts,
): Promise<FetchedToken> {
  const request = tokenRequest(client);
  const sent = await sender.send({ ...request, timeoutMs, signal, mayRepeat: true });
  if (sent.kind === 'aborted') return sent;
  const at = clock.now();
  const token = sent.exchange.kind === 'answered' ? tokenIn(sent.exchange, at) : null;
  if (token !== null) return token;
  const outcome = judged(sent.exchange, at);
  const exchange = { kind: 'failed', cause: 'unknown', message: outcome.note } as const;
  return { kind: 'failed', request, sent: { ...sent, exchange }, outcome, at };
}

function tokenRequest({ tokenUrl, clientId, clientSecret, ...client }: OAuthClient): TokenRequest {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (client.scope !== null) form.set('scope', client.scope);
  if (client.audience !== null) form.set('audience', client.audience);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  };
  if (client.sendAs === 'body') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  } else {
    // Written as in a form first, then as Basic: RFC 6749, section 2.3.1.
    const pair = `${formText(clientId)}:${formText(clientSecret)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return { method: 'POST', url: tokenUrl, headers, body: form.toString() };
}

function formText(text: string): string {
  return new URLSearchParams({ _: text }).toString().slice('_='.length);
}

/** Null for anything but a bearer token that can be sent. */
function tokenIn(answer: Answer, now: Instant): Extract<FetchedToken, { kind: 'fetched' }> | null {
  if (Math.floor(answer.status / 100) !== 2) return null;
  const { access_token: token, token_type: type = 'bearer', expires_in: expiresIn } = membersOf(answer.body);
  if (typeof token !== 'string' || !TOKEN.test(token)) return null;
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') return null;
  return { kind: 'fetched', token, until: instant(now + usedForMs(expiresIn)) };
}

/** @param expiresIn  seconds, by some servers as text */
function usedForMs(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' && expiresIn !== '' ? Number(expiresIn) : expiresIn;
  const isKnown = typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0;
  const goodForMs = isKnown ? Math.min(seconds * SECOND, LONGEST_MS) : GOOD_FOR_MS;
  // Half of a token that lives for less than a minute is better than none of it.
  return goodForMs - Math.min(MARGIN_MS, goodForMs / 2);
}

function judged(exchange: Exchange, now: Instant): Outcome {
  const plain = outcomeOf(exchange, now);
  if (exchange.kind === 'failed') {
    const note = `There is no access token, for the token endpoint gave no answer: ${exchange.message}`;
    return PASSES.has(plain.class) ? { ...plain, note } : attention(note);
  }
  const answered = `There is no access token: the token endpoint answered ${exchange.status}`;
  if (PASSES.has(plain.class)) return { ...plain, note: `${answered}.` };
  // A page of an outage, or half an answer: a later one may hold a token.
  if (plain.class === 'delivered') return { class: 'unreachable', note: `${answered} without one of use.` };
  const { error } = membersOf(exchange.body);
  return attention(KNOWN_ERRORS.has(error) ? `${answered}, ${String(error)}.` : `${answered}.`);
}

function attention(note: string): Outcome {
  return { class: 'unauthorised', note: `Needs attention: ${note}` };
}

function membersOf(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
