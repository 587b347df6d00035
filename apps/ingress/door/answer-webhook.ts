import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '#domain';
import { MAX_QUERY_LENGTH, SENDER_HEADER, type KeptParts, type Reply } from '#dialects';
import type { ConnectionDirectory, IngressConnection } from '#db';
import {
  logFailure,
  maskQuery,
  shownHeaders,
  sourceAddress,
  sourceKey,
  type Clock,
  type Log,
} from '#platform';
import type { JudgeSender, Judgement } from '../judge-sender.js';
import type { TenantGate } from '../limits/tenant-gate.js';
import type { TokenGuesses } from '../limits/token-guesses.js';
import type { RefusalBook } from '../refusals/refusal-book.js';
import type { Address, TakeWebhook, Taking, Webhook } from '../take-webhook.js';
import { addressesOf } from './addresses-of.js';
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
  senders: Pick<JudgeSender, 'judge' | 'hide'>;
  clock: Pick<Clock, 'now'>;
  /** Where PBXs reach this installation, where that is known. */
  publicUrl: string | undefined;
  /** Proxies of our own in front of us. */
  hops: number;
  log: Log;
}

const METHODS = 'GET, POST, HEAD, OPTIONS';
/** RFC 9110, section 15.5.22. */
const UPGRADE = { upgrade: 'websocket', connection: 'Upgrade, close' } as const;
/** What may be repeated in an answer. */
const HEADER_NAMES = /^[\w, -]+$/;
/** For how long a browser may remember what it was allowed; none remembers for longer than a day. */
const ALLOWED_FOR_SECONDS = '86400';
/**
 * What every answer has, whatever a dialect says. Any page may read it (PBXs, and the browser extension of an agent's phone): what
 * protects it is the secret in the URL and no cookie. And no browser takes it for a page, also where somebody opens the URL of
 * a tenant whose mapping answers with a script: this may be the origin of the console.
 */
const EVERY_ANSWER = {
  'access-control-allow-origin': '*',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
} as const;

/** Refusals of requests that there is no connection for. */
const OF_NOBODY = new Set(['ingress.unknown_url', 'ingress.guessing']);

/** What is known of a request when it is refused. */
export interface Seen {
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
      return this.refused(arrival, seen, thrown);
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
    if (method === 'HEAD') return { status: 200, headers: EVERY_ANSWER, body: '' };
    if (method !== 'GET' && method !== 'POST') throw refusal('method');
    // A PBX that dials us posts single events, if it sends anything but handshakes.
    if (method === 'GET' && found.dialect.socket !== undefined) throw refusal('not_upgraded');
    this.parts.gate.admit(found.connection);
    const reading = await body.whole();
    if (!reading.ok) throw reading.error;
    this.parts.gate.admitBytes(found.connection, reading.bytes.length + arrival.url.length);
    const proof = this.proofOf(arrival, seen, found, reading.bytes);
    if (proof?.kind === 'answered') return answerOf(proof.reply, 200);
    const kept = this.shown(arrival, seen, found, reading.bytes);
    const webhook: Webhook = {
      token: address.token,
      dialect: address.dialect,
      route: address.route,
      method,
      query: kept.query,
      headers: kept.headers,
      body: kept.body,
      surplus: kept.surplus,
      note: noteOf(arrival),
      sourceIp,
    };
    if (proof !== undefined) {
      webhook.headers = { ...kept.headers, [SENDER_HEADER]: proof.sender };
      webhook.addresses = this.addresses(arrival);
    }
    const reply = await this.parts.take.take(webhook, found);
    return answerOf(reply, query.length > MAX_QUERY_LENGTH ? 414 : (reply.status ?? 200));
  }

  /** Credentials are masked before anybody reads it, so that what is read again later is the same. */
  private shown(
    { headers, body: { surplus } }: Arrival,
    { target: { query } }: Seen,
    { dialect, connection }: Extract<Taking, { ok: true }>,
    body: Uint8Array,
  ): KeptParts {
    const came: KeptParts = {
      query,
      headers: shownHeaders(headers),
      body,
      surplus: surplus?.length ? surplus : null,
    };
    const kept = this.parts.senders.hide(dialect, connection, came);
    return { ...kept, query: maskQuery(kept.query) };
  }

  /** Undefined for dialects whose messages nobody signs. @throws AppError `ingress.bad_signature` */
  private proofOf(
    arrival: Arrival,
    { target }: Seen,
    { connection, dialect }: Extract<Taking, { ok: true }>,
    body: Uint8Array,
  ): Judgement | undefined {
    if (dialect.verify === undefined) return undefined;
    const { method, headers } = arrival;
    const { address, query } = target;
    return this.parts.senders.judge(dialect, connection, {
      method,
      route: address.route,
      query,
      headers: headers as Record<string, string | undefined>,
      body,
      country: connection.country,
      addresses: this.addresses(arrival),
      receivedAt: this.parts.clock.now(),
    });
  }

  private addresses({ url, headers }: Arrival): readonly string[] {
    return addressesOf(url, headers, this.parts.publicUrl);
  }

  /** A source that guesses is asked to wait, unless its token is known to be somebody's: it may be a proxy of many. */
  async find(address: Address, source: string): Promise<Taking> {
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

  /** Counts a refusal, and says it. @param thrown  why */
  refused(arrival: Arrival, { target, connection }: Seen, thrown: unknown): WebhookAnswer {
    const { method, url, headers, body } = arrival;
    const error = asAppError(thrown);
    if (error.status >= 500) logFailure(this.parts.log, 'webhook.failed', error, {});
    this.parts.refusals.add({
      reason: !connection && OF_NOBODY.has(error.code) ? 'unknown_token' : reasonOf(error),
      connection,
      sample: sampleOf({ method, url, contentType: headers['content-type'], bytes: body.announced }),
    });
    const reply = renderRefusal(
      error,
      { ...target.address, settings: connection?.settings ?? {} },
      headers as Record<string, string | undefined>,
    );
    return {
      status: error.code === 'ingress.bad_signature' ? (reply.status ?? error.status) : error.status,
      headers: {
        ...EVERY_ANSWER,
        'content-type': reply.contentType,
        ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
        ...(error.status === 405 ? { allow: METHODS } : {}),
        ...(error.status === 426 ? UPGRADE : {}),
      },
      // Whoever sets a proxy up reads it; the PBX itself reads the status alone.
      body: error.status === 426 ? `${error.message}\n` : reply.body,
    };
  }
}

function answerOf({ contentType, headers, body }: Reply, status: number): WebhookAnswer {
  const all: Record<string, string> = Object.assign({}, headers, EVERY_ANSWER);
  all['content-type'] = contentType;
  return { status, headers: all, body };
}

/** Says the same of every URL, so that nobody learns which there are. */
function allowed(headers: IncomingHttpHeaders): WebhookAnswer {
  const given = headers['access-control-request-headers'] ?? '';
  const asked = HEADER_NAMES.test(given) ? given : 'content-type';
  return {
    status: 204,
    headers: {
      ...EVERY_ANSWER,
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
