import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '#domain';
import { MAX_QUERY_LENGTH } from '#dialects';
import type { ConnectionDirectory, IngressConnection } from '#db';
import { logFailure, maskQuery, shownHeaders, sourceAddress, sourceKey, type Log } from '#platform';
import type { TenantGate } from '../limits/tenant-gate.js';
import type { TokenGuesses } from '../limits/token-guesses.js';
import type { RefusalBook } from '../refusals/refusal-book.js';
import type { Address, TakeWebhook, Taking, Webhook } from '../take-webhook.js';
import type { IncomingBody } from './arriving-body.js';
import { readTarget, type Target } from './read-target.js';
import { reasonOf, refusal } from './refusals.js';
import { renderRefusal } from './render-refusal.js';
import { sampleOf } from './sample-of.js';

/** A request as far as it has come. */
export interface Arrival {
  method: string;
  /** Its target, as it came. */
  url: string;
  headers: IncomingHttpHeaders;
  /** The other end of the connection; null when it was gone before anybody looked. */
  peer: string | null;
  body: IncomingBody;
  /** What was odd about it, for whoever looks at the receipt. */
  note: string | null;
  /** Told as soon as it is known whose it is. */
  isFrom?: (connection: IngressConnection) => void;
}

export interface WebhookAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface AnswerWebhookParts {
  take: Pick<TakeWebhook, 'find' | 'take'>;
  directory: Pick<ConnectionDirectory, 'isProven' | 'proveLater'>;
  guesses: TokenGuesses;
  gate: TenantGate;
  refusals: Pick<RefusalBook, 'add'>;
  /** Proxies of our own in front of us. */
  hops: number;
  log: Log;
}

const METHODS = 'GET, POST, HEAD, OPTIONS';
/** What may be repeated in an answer. */
const HEADER_NAMES = /^[\w, -]+$/;
/** For how long a browser may remember what it was allowed; none remembers for longer than a day. */
const ALLOWED_FOR_SECONDS = '86400';
/**
 * PBXs, and the browser extension of an agent's phone (origin `chrome-extension://...`): any page may read an answer, as what
 * protects it is the secret in the URL and no cookie.
 */
const ANY_ORIGIN = { 'access-control-allow-origin': '*' } as const;

/** Refusals of requests that there is no connection for. */
const OF_NOBODY = new Set(['ingress.unknown_url', 'ingress.guessing']);

/** What is known of a request when it is refused. */
interface Seen {
  target: Target;
  connection: IngressConnection | undefined;
}

/**
 * Answers a request below `/in/`: finds out whose it is before its body is let in, keeps it, and tells the sender in his own
 * words. Everything that is refused is counted.
 */
export class AnswerWebhook {
  constructor(private readonly parts: AnswerWebhookParts) {}

  /** Never rejects. */
  async answer(arrival: Arrival): Promise<WebhookAnswer> {
    if (arrival.method === 'OPTIONS') return allowed(arrival.headers);
    const seen: Seen = { target: readTarget(arrival.url), connection: undefined };
    try {
      return await this.taken(arrival, seen);
    } catch (thrown) {
      return this.refused(arrival, seen, asAppError(thrown));
    }
  }

  private async taken(arrival: Arrival, seen: Seen): Promise<WebhookAnswer> {
    const { method, headers, body } = arrival;
    const { address, query } = seen.target;
    const sourceIp = sourceAddress(headers['x-forwarded-for'], arrival.peer, this.parts.hops);
    const found = await this.find(address, sourceKey(sourceIp));
    seen.connection = found.connection;
    if (found.connection) arrival.isFrom?.(found.connection);
    if (!found.ok) throw found.error;
    if (method === 'HEAD') return { status: 200, headers: ANY_ORIGIN, body: '' };
    if (method !== 'GET' && method !== 'POST') throw refusal('method');
    this.parts.gate.admit(found.connection);
    const reading = await body.whole();
    if (!reading.ok) throw reading.error;
    this.parts.gate.admitBytes(found.connection, reading.bytes.length + arrival.url.length);
    const webhook: Webhook = {
      ...address,
      method,
      // Credentials are masked before anybody reads it, so that what is read again later is the same.
      query: maskQuery(query),
      headers: shownHeaders(headers),
      body: reading.bytes,
      surplus: body.surplus?.length ? body.surplus : null,
      note: noteOf(arrival),
      sourceIp,
    };
    const reply = await this.parts.take.take(webhook, found);
    const status = query.length > MAX_QUERY_LENGTH ? 414 : 200;
    return { status, headers: { ...ANY_ORIGIN, 'content-type': reply.contentType }, body: reply.body };
  }

  /** A source that guesses is asked to wait, unless its token is known to be somebody's: it may be a proxy of many. */
  private async find(address: Address, source: string): Promise<Taking> {
    const { take, directory, guesses } = this.parts;
    const waitSeconds = guesses.waitSeconds(source);
    if (waitSeconds > 0 && !directory.isProven(address.token)) {
      guesses.note(source);
      directory.proveLater(address.token);
      throw refusal('guessing', waitSeconds);
    }
    const found = await take.find(address);
    if (!found.connection) guesses.note(source);
    return found;
  }

  private refused(arrival: Arrival, { target, connection }: Seen, error: AppError): WebhookAnswer {
    const { method, url, headers, body } = arrival;
    if (error.status >= 500) logFailure(this.parts.log, 'webhook.failed', error, {});
    this.parts.refusals.add({
      reason: !connection && OF_NOBODY.has(error.code) ? 'unknown_token' : reasonOf(error),
      connection,
      sample: sampleOf({ method, url, contentType: headers['content-type'], bytes: body.announced }),
    });
    const reply = renderRefusal(error, target.address, headers as Record<string, string | undefined>);
    return {
      status: error.status,
      headers: {
        ...ANY_ORIGIN,
        'content-type': reply.contentType,
        ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
        ...(error.status === 405 ? { allow: METHODS } : {}),
      },
      body: reply.body,
    };
  }
}

/** Says the same of every URL, so that nobody learns which there are. */
function allowed(headers: IncomingHttpHeaders): WebhookAnswer {
  const given = headers['access-control-request-headers'] ?? '';
  const asked = HEADER_NAMES.test(given) ? given : 'content-type';
  return {
    status: 204,
    headers: {
      ...ANY_ORIGIN,
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': asked,
      'access-control-max-age': ALLOWED_FOR_SECONDS,
    },
    body: '',
  };
}

function noteOf({ note, body }: Arrival): string | null {
  // Nothing is in it where another request followed, which was refused.
  if (body.surplus === null || body.surplus.length === 0) return note;
  const more =
    body.announced === undefined
      ? `It announced no body, and ${String(body.surplus.length)} bytes followed.`
      : `${String(body.surplus.length)} bytes followed after the ${String(body.announced)} that its Content-Length announced: it must count bytes, not characters.`;
  return note === null ? more : `${note} ${more}`;
}

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError('misconfigured', 'internal.error', 'Something went wrong on our side; it is logged.', {
    status: 500,
    cause: thrown,
  });
}
