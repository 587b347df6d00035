/**
 * One exchange with a PBX, and what of it holds for every vendor: whether it is sure that nothing was carried out. It is sent
 * once. Source: design "Telephony API", section 1.
 */
import type { Instant } from '#domain';
import type { OutgoingRequest, Sent } from '#platform';
import type { DriverAccount, DriverAnswer, DriverIo } from './driver.js';
import { maskSecrets } from './mask-secrets.js';

/** Lists of whole organisations are read whole. */
const KEPT_BYTES = 4 * 1_024 * 1_024;

export interface PbxRequest {
  method: OutgoingRequest['method'];
  url: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A PBX's answer with a status of 2xx or 4xx: it is the driver that knows what it says. */
export interface PbxReply {
  kind: 'replied';
  status: number;
  /** In lower case, without parameters; empty for none. */
  contentType: string;
  body: string;
  /** How far the PBX's clock is ahead of ours, to a second or two; null where it does not tell its time. */
  clockAheadMs: number | null;
}

export type Conversed = PbxReply | Extract<DriverAnswer<object>, { kind: 'refused' | 'unknown' }>;

/** The account's secrets and its token, none of which may be told on. */
export function secretsOf({ secrets, token }: Pick<DriverAccount, 'secrets' | 'token'>): string[] {
  return [...Object.values(secrets), ...(token === null ? [] : [token.value])];
}

/**
 * `refused` where nothing was sent, `unknown` where it may have been carried out: a time-out or reset after the request had
 * left, a 5xx, a redirect (never followed), an end by our own signal.
 */
export async function converse(
  request: PbxRequest,
  account: Pick<DriverAccount, 'secrets' | 'token'>,
  io: Pick<DriverIo, 'send' | 'now' | 'timeoutMs' | 'signal'>,
): Promise<Conversed> {
  if (io.signal?.aborted === true) return refused('It was not sent, as we are stopping.');
  const sent = await io.send({
    method: request.method,
    url: request.url,
    headers: { accept: '*/*', ...request.headers },
    body: request.body ?? null,
    timeoutMs: io.timeoutMs,
    onNewConnection: true,
    keepBodyBytes: KEPT_BYTES,
    ...(io.signal === undefined ? {} : { signal: io.signal }),
  });
  return conversed(sent, io.now(), (text) => maskSecrets(text, secretsOf(account)));
}

function conversed(sent: Sent, now: Instant, mask: (text: string) => string): Conversed {
  if (sent.kind === 'aborted') return unknown('We stopped before the PBX had answered.');
  const { exchange } = sent;
  if (exchange.kind === 'failed') {
    const told = mask(exchange.message);
    return hadLeft(sent) ? unknown(told) : refused(`Nothing was sent. ${told}`);
  }
  const { status, headers, body } = exchange;
  if (status >= 500) return unknown(`The PBX answered with HTTP ${String(status)}.`);
  if (status >= 300 && status < 400) {
    return unknown(`The PBX sent us elsewhere (HTTP ${String(status)}), where we do not go.`);
  }
  const [contentType = ''] = (headers['content-type'] ?? '').split(';', 1);
  const told = Date.parse(headers['date'] ?? '');
  const clockAheadMs = Number.isFinite(told) ? told - now : null;
  return { kind: 'replied', status, contentType: contentType.trim().toLowerCase(), body, clockAheadMs };
}

/** Each request has a connection of its own: one that was never open carried nothing. */
function hadLeft({ timings }: Extract<Sent, { kind: 'exchanged' }>): boolean {
  return timings.connectMs !== null;
}

/** For whatever a driver finds in a reply. `text` has to be masked. */
export function refused(
  reason: string,
  code: string | null = null,
  text: string | null = null,
): Extract<DriverAnswer<object>, { kind: 'refused' }> {
  return { kind: 'refused', reason, code, text };
}

export function unknown(why: string): Extract<DriverAnswer<object>, { kind: 'unknown' }> {
  return { kind: 'unknown', why };
}
