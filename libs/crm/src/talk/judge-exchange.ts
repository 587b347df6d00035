/** What came of a question, in the words that connectors and the delivery engine work with. */
import { outcomeOf, type Exchange, type Instant, type Outcome } from '#domain';
import type { Crm } from '../connector.js';
import { CrmFault, type CrmReply, type CrmRequest, type CrmVerdict } from './crm-io.js';

const LONGEST_REASON = 300;
/** A CRM that asks us to slow down and does not say for how long. */
const SLOW_DOWN_MS = 10_000;
/** Nothing was sent, or nothing arrived: it was not carried out. */
const NOT_CARRIED_OUT: ReadonlySet<string> = new Set(['refused', 'dns', 'tls', 'blocked']);

type Answer = Extract<Exchange, { kind: 'answered' }>;
type Bad = Exclude<CrmVerdict, { kind: 'good' }>;

/**
 * @param judge  the connector's word on it
 * @returns the reply, where it is a good one
 * @throws CrmFault
 */
export function judgeExchange(
  exchange: Exchange,
  request: CrmRequest,
  { now, judge }: { now: Instant; judge: Crm['judge'] },
): CrmReply {
  const makes = request.makes === true;
  if (exchange.kind === 'failed') {
    const outcome = outcomeOf(exchange, now);
    const unclear = makes && !NOT_CARRIED_OUT.has(exchange.cause);
    throw new CrmFault('unreachable', exchange.message, { unclear, outcome });
  }
  const reply = replyOf(exchange);
  const outcome = outcomeOf(exchange, now);
  // What HTTP itself says of waiting is heeded, whatever else the body says.
  if (outcome.class === 'throttled') {
    throw new CrmFault('throttled', outcome.note, { unclear: false, outcome });
  }
  const verdict = judge?.(reply, request) ?? byStatus(exchange, outcome, makes);
  if (verdict.kind === 'good') return reply;
  throw faultOf(verdict, { exchange, makes });
}

function replyOf({ status, headers, body }: Answer): CrmReply {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = undefined;
  }
  return { status, headers, body, json };
}

function byStatus({ status, body }: Answer, { class: outcome, note }: Outcome, makes: boolean): CrmVerdict {
  const reason = saidIn(body);
  if (outcome === 'delivered') return { kind: 'good' };
  if (status === 429) return { kind: 'throttled', waitMs: null, reason };
  // Of what shall be made it is not the record that is missing, but the address, or something that the connector knows by name.
  if ((status === 404 || status === 410) && !makes) return { kind: 'gone', reason };
  if (outcome === 'duplicate') return { kind: 'duplicate', id: null, reason };
  if (outcome === 'unauthorised') return { kind: 'unauthorised', reason };
  if (outcome === 'unreachable') return { kind: 'unreachable', reason };
  return { kind: 'refused', reason: reason === '' ? note : reason };
}

function faultOf(verdict: Bad, { exchange, makes }: { exchange: Answer; makes: boolean }): CrmFault {
  const { status } = exchange;
  const { kind, reason } = verdict;
  const note = `The CRM answered ${String(status)}${reason === '' ? '.' : `: ${reason}`}`;
  const unclear = makes && kind === 'unreachable';
  const there = kind === 'duplicate' ? { id: verdict.id, sure: verdict.sure === true } : { id: null };
  return new CrmFault(kind, note, { unclear, ...there, outcome: outcomeFor(verdict, note) });
}

function outcomeFor(verdict: Bad, note: string): Outcome {
  switch (verdict.kind) {
    case 'throttled':
      return { class: 'throttled', note, waitMs: verdict.waitMs ?? SLOW_DOWN_MS };
    case 'unauthorised':
      return { class: 'unauthorised', note };
    case 'unreachable':
      return { class: 'unreachable', note };
    case 'refused':
      return { class: 'refused', note, ...(verdict.final === true && { final: true }) };
    // A record that is gone is no reason to send the CRM nothing any more.
    case 'gone':
    case 'duplicate':
    case 'bad number':
      return { class: 'refused', note };
  }
}

/** The CRM's own words: most put them into one of a few members. */
function saidIn(body: string): string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return '';
  }
  return (wordsIn(value, 3) ?? '').replaceAll(/\s+/g, ' ').slice(0, LONGEST_REASON);
}

const MEMBERS = [
  'message',
  'error_description',
  'description',
  'detail',
  'error_info',
  'error',
  'errors',
  'title',
];

function wordsIn(value: unknown, deep: number): string | undefined {
  if (typeof value === 'string') return value;
  if (deep === 0 || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return wordsIn(value[0], deep - 1);
  for (const name of MEMBERS) {
    if (!Object.hasOwn(value, name)) continue;
    const words = wordsIn((value as Record<string, unknown>)[name], deep - 1);
    if (words !== undefined && words !== '') return words;
  }
  return undefined;
}
