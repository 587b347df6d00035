import {
  outcomeOf,
  type Exchange,
  type Instant,
  type OAuthClient,
  type OAuthCodeClient,
  type Outcome,
  type OutcomeClass,
} from '#domain';
import type { Clock } from '../clock/clock.js';
import type { HttpSender } from '../http/http-sender.js';
import type { Sent } from '../http/sent.js';

type Exchanged = Extract<Sent, { kind: 'exchanged' }>;

/** Who asks, and how that is shown. */
export type TokenClient = Pick<
  OAuthClient | OAuthCodeClient,
  'tokenUrl' | 'clientId' | 'clientSecret' | 'sendAs'
>;

export interface TokenRequest {
  method: 'POST';
  url: string;
  /** Names in lower case; they or the body hold the client's secret. */
  headers: Record<string, string>;
  body: string;
}

/** There is no token: a try that ended so. */
export interface TokenFailure {
  kind: 'failed';
  request: TokenRequest | null;
  /** `exchange` is a failure in our words: what a token endpoint says may hold a token. */
  sent: Exchanged;
  outcome: Outcome;
  at: Instant;
}

export type TokenAnswer =
  /** With status 2xx: the members of its body, none where that is no JSON object. */
  | {
      kind: 'answered';
      members: Record<string, unknown>;
      at: Instant;
      request: TokenRequest;
      sent: Exchanged;
    }
  /** `error` is the server's word where it is a known one (RFC 6749, section 5.2). */
  | (TokenFailure & { error: string | null })
  /** Ended by our own signal. */
  | { kind: 'aborted' };

export interface AskTokenParts {
  sender: Pick<HttpSender, 'send'>;
  clock: Pick<Clock, 'now'>;
}

/** RFC 6749, section 5.2, and RFC 8707; anything else could be our own secret, sent back. */
const KNOWN_ERRORS: ReadonlySet<unknown> = new Set(
  'invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope invalid_target'.split(
    ' ',
  ),
);
/** These pass by themselves; whatever else is no token wants somebody to look at the settings. */
const PASSES: ReadonlySet<OutcomeClass> = new Set(['unreachable', 'throttled']);

/** Asks a token endpoint (RFC 6749, section 3.2). Whatever it answers is a value. */
export async function askTokenEndpoint(
  client: TokenClient,
  form: URLSearchParams,
  { mayRepeat, ...way }: { timeoutMs: number; signal: AbortSignal; mayRepeat: boolean },
  { sender, clock }: AskTokenParts,
): Promise<TokenAnswer> {
  const request = tokenRequest(client, form);
  const sent = await sender.send({ ...request, ...way, mayRepeat });
  if (sent.kind === 'aborted') return sent;
  const at = clock.now();
  const { exchange } = sent;
  if (exchange.kind === 'answered' && Math.floor(exchange.status / 100) === 2) {
    return { kind: 'answered', members: membersOf(exchange.body), at, request, sent };
  }
  const { error } = exchange.kind === 'answered' ? membersOf(exchange.body) : {};
  const known = KNOWN_ERRORS.has(error) ? String(error) : null;
  return { ...noToken({ request, sent, at }, judged(exchange, known, at)), error: known };
}

/** A failure as it is written down. */
export function noToken(
  { request, sent, at }: Pick<TokenFailure, 'request' | 'sent' | 'at'>,
  outcome: Outcome,
): TokenFailure {
  const exchange = { kind: 'failed', cause: 'unknown', message: outcome.note } as const;
  return { kind: 'failed', request, sent: { ...sent, exchange }, outcome, at };
}

/** @param words  go on from "Needs attention:" */
export function attention(words: string): Outcome {
  return { class: 'unauthorised', note: `Needs attention: ${words}` };
}

/** What an answer of success without a token of use is taken for: a page of an outage, or half an answer. */
export function withoutToken({ exchange }: Exchanged): Outcome {
  const status = exchange.kind === 'answered' ? ` ${String(exchange.status)}` : '';
  const note = `There is no access token: the token endpoint answered${status} without one of use.`;
  return { class: 'unreachable', note };
}

function tokenRequest(
  { tokenUrl, clientId, clientSecret, sendAs }: TokenClient,
  form: URLSearchParams,
): TokenRequest {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  };
  if (sendAs === 'body') {
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

function judged(exchange: Exchange, error: string | null, now: Instant): Outcome {
  const plain = outcomeOf(exchange, now);
  if (exchange.kind === 'failed') {
    const words = `There is no access token, for the token endpoint gave no answer: ${exchange.message}`;
    return PASSES.has(plain.class) ? { ...plain, note: words } : attention(words);
  }
  const answered = `There is no access token: the token endpoint answered ${exchange.status}`;
  if (PASSES.has(plain.class)) return { ...plain, note: `${answered}.` };
  return attention(error === null ? `${answered}.` : `${answered}, ${error}.`);
}

function membersOf(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
