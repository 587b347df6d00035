import type { Instant } from '../ids.js';
import { HOUR, SECOND } from './durations.js';
import type { Exchange, Outcome, OutcomeClass, RefusalVerdict, ReplyVerdict } from './outcome.js';
import { retryAfterMs } from './retry-after.js';

type Answer = Extract<Exchange, { kind: 'answered' }>;
type FailureCause = Extract<Exchange, { kind: 'failed' }>['cause'];

/** What a status means where its hundred does not say it (design: delivery, "Outcomes"). */
const CLASS_OF_STATUS: Readonly<Partial<Record<number, OutcomeClass>>> = {
  401: 'unauthorised',
  403: 'unauthorised',
  408: 'unreachable',
  409: 'duplicate',
  410: 'gone',
  425: 'unreachable',
  429: 'unreachable',
};

const CLASS_OF_HUNDRED: Readonly<Partial<Record<number, OutcomeClass>>> = {
  2: 'delivered',
  3: 'refused',
  4: 'refused',
  5: 'unreachable',
};

/** Only with these does `Retry-After` turn the answer into a request to wait. */
const MAY_THROTTLE: ReadonlySet<number> = new Set([429, 503]);

/** `blocked` is our own refusal and comes out the same each time; so does an answer that is too large. */
const CLASS_OF_FAILURE: Readonly<Record<FailureCause, OutcomeClass>> = {
  timeout: 'unreachable',
  refused: 'unreachable',
  reset: 'unreachable',
  dns: 'unreachable',
  tls: 'unreachable',
  protocol: 'unreachable',
  unknown: 'unreachable',
  blocked: 'refused',
  body_too_large: 'refused',
};

const REMARK: Readonly<Partial<Record<number, string>>> = {
  401: 'It does not accept our credentials.',
  403: 'It does not accept our credentials.',
  409: 'It already has this message, so the message counts as delivered.',
  410: 'It wants no more messages.',
};

/** Credentials, requests to wait and goodbyes are HTTP's own business; what else went wrong the answer may say. */
const MAY_EXPLAIN: ReadonlySet<OutcomeClass> = new Set(['refused', 'unreachable']);

/** How the answers of a format's receivers are read beyond their status. */
export interface AnswerReaders {
  /** Of an answer with status 2xx. */
  readReply?: (answer: Answer) => ReplyVerdict;
  /** Of an answer with another status; undefined where the status says all. */
  readRefusal?: (answer: Answer) => RefusalVerdict | undefined;
}

/** Waiting for less would be a busy loop: a throttled try burns no attempt, so nothing else would end it. */
const SHORTEST_WAIT_MS = SECOND;
const LONGEST_WAIT_MS = 24 * HOUR;

/**
 * Puts one exchange into the class that decides what follows.
 *
 * @param exchange   what came back, or why nothing did
 * @param now        when the exchange ended; a `Retry-After` date is measured from here
 * @param readers    what the answer itself says; left out where it says nothing
 * @returns the class with a sentence for the delivery log; `waitMs` (1 s .. 24 h) for `throttled` only
 */
export function outcomeOf(
  exchange: Exchange,
  now: Instant,
  { readReply, readRefusal }: AnswerReaders = {},
): Outcome {
  if (exchange.kind === 'failed') {
    return { class: CLASS_OF_FAILURE[exchange.cause], note: exchange.message };
  }
  const throttled = throttling(exchange, now);
  if (throttled !== null) return throttled;
  const outcome: Outcome = { class: classOfStatus(exchange.status), note: noteOn(exchange.status) };
  if (outcome.class === 'delivered') return heeding(readReply?.(exchange), outcome, exchange);
  if (!MAY_EXPLAIN.has(outcome.class)) return outcome;
  return explainedBy(readRefusal?.(exchange), outcome, exchange);
}

function heeding(reply: ReplyVerdict = { ok: true }, outcome: Outcome, { status }: Answer): Outcome {
  if (reply.ok) return outcome;
  const note = `The endpoint answered ${status} but refused the message: ${reply.reason}.`;
  return { class: 'refused', note, ...(reply.final === true && { final: true }) };
}

function explainedBy(verdict: RefusalVerdict | undefined, outcome: Outcome, { status }: Answer): Outcome {
  if (verdict === undefined) return outcome;
  if (verdict.kind === 'known') {
    const note = `The endpoint answered ${status}: it already has this message, so the message counts as delivered.`;
    return { class: 'duplicate', note };
  }
  const note = `The endpoint answered ${status} and refused the message for good: ${verdict.reason}.`;
  return { class: 'refused', note, final: true };
}

function throttling(answer: Answer, now: Instant): Outcome | null {
  if (!MAY_THROTTLE.has(answer.status)) return null;
  const askedMs = retryAfterMs(answer.headers['retry-after'], now);
  if (askedMs === null) return null;
  const waitMs = Math.min(Math.max(askedMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
  const seconds = Math.ceil(waitMs / SECOND);
  return {
    class: 'throttled',
    note: `The endpoint answered ${answer.status} and asked us to wait; we wait ${seconds} s.`,
    waitMs,
  };
}

function classOfStatus(status: number): OutcomeClass {
  // A status outside 200..599 is no answer that a server may end with, so it is treated like a broken one.
  return CLASS_OF_STATUS[status] ?? CLASS_OF_HUNDRED[Math.floor(status / 100)] ?? 'unreachable';
}

function noteOn(status: number): string {
  const isRedirect = status >= 300 && status < 400;
  const remark = REMARK[status] ?? (isRedirect ? 'Redirects are never followed; set the final URL.' : null);
  const answered = `The endpoint answered ${status}.`;
  return remark === null ? answered : `${answered} ${remark}`;
}
