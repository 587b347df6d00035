import { NO_PARAMS, type WordParams } from '../words/word-params.js';
import { readReasonOrNull } from '../words/read-reason.js';
import type { Breaker } from '../delivery/breaker.js';
import type { Instant } from '../ids.js';
import { matchesEventType } from './event-types.js';
import { isOperational } from './operational-event-type.js';

/** Why an event was sent to an endpoint or was not, in one or two sentences for the tenant. */
export interface Explanation {
  /** The endpoint has got it. */
  told: boolean;
  because: string;
  /** Stable, for programs. */
  code: TellingCode;
  /** What the sentences are filled with. */
  params: WordParams;
}

export const TELLING_CODES = [
  'delivered',
  'dead',
  'skipped',
  'held',
  'event_type_not_asked',
  'filter_not_met',
  'endpoint_is_younger',
  'asked_for_later',
  'waits_will_be_held',
  'waits_for_breaker',
  'waits_for_rate_limit',
  'waits_as_asked',
  'waits_for_order',
  'waits_for_retry',
  'waits_its_turn',
  'unknown_state',
] as const;
export type TellingCode = (typeof TELLING_CODES)[number];

type Said = Omit<Explanation, 'told'>;

export interface Telling {
  /** `passes`: the endpoint's filter, as it is now, lets it through. */
  event: { type: string; createdAt: Instant; passes: boolean };
  endpoint: { eventTypes: readonly string[]; state: string; stateReason: string | null; createdAt: Instant };
  /** The newest delivery of the event to the endpoint. */
  delivery: TellingDelivery | undefined;
  /** Of the endpoint as a whole. */
  mailbox: {
    breaker: Breaker;
    /** Nothing is sent before then. */
    waitsUntil: Instant;
    rateLimited: boolean;
  };
  now: Instant;
}

export interface TellingDelivery {
  state: string;
  reason: string | null;
  attemptCount: number;
  dueAt: Instant;
  finishedAt: Instant | null;
  /** An earlier event of its call that failed and is tried again first. */
  waitsFor: { sequence: number; type: string } | undefined;
}

/** @returns the first reason that applies, the most lasting one first */
export function explainTelling(telling: Telling): Explanation {
  const { delivery } = telling;
  if (delivery === undefined) return { told: false, ...whyNone(telling) };
  return { told: delivery.state === 'delivered', ...stateOf(telling, delivery) };
}

function stateOf(telling: Telling, delivery: TellingDelivery): Said {
  const { state, reason, finishedAt, attemptCount } = delivery;
  const counted = { tries: attemptCount, ...(finishedAt === null ? {} : { at: text(finishedAt) }) };
  const why = whyParams(reason);
  switch (state) {
    case 'delivered': {
      const at = finishedAt === null ? '' : ` at ${text(finishedAt)}`;
      return say('delivered', `It was delivered${at}, in ${tries(delivery)}.`, counted);
    }
    case 'dead': {
      const words = `It was given up after ${tries(delivery)}. ${reason ?? ''}`.trim();
      return say('dead', words, { ...counted, ...why });
    }
    case 'skipped':
      return say('skipped', `It was skipped: ${reason ?? 'nobody said why'}.`, why);
    case 'held': {
      const words = `It is held: ${reason ?? 'the endpoint is not enabled'}. Enabling decides what becomes of it.`;
      return say('held', words, why);
    }
    case 'due':
      return whyNotYet(telling, delivery);
    default:
      return say('unknown_state', `Its delivery is ${state}.`, { state });
  }
}

function say(code: TellingCode, because: string, params: WordParams = NO_PARAMS): Said {
  return { code, because, params };
}

function whyParams(reason: string | null): WordParams {
  const read = readReasonOrNull(reason);
  return reason === null || read === null ? NO_PARAMS : { reason, reasonCode: read.code };
}

function whyNone({ event, endpoint }: Telling): Said {
  const { type } = event;
  if (!matchesEventType(endpoint.eventTypes, type)) {
    const params = { type, eventTypes: endpoint.eventTypes };
    return say('event_type_not_asked', whyNotAsked(type, endpoint.eventTypes), params);
  }
  if (!event.passes) return say('filter_not_met', 'The filter of the endpoint does not let this event pass.');
  const remedy = 'A replay of what it missed sends it.';
  if (endpoint.createdAt > event.createdAt) {
    const at = text(endpoint.createdAt);
    return say('endpoint_is_younger', `The endpoint was made at ${at}, after the event. ${remedy}`, { at });
  }
  const words = `The endpoint asks for ${type} now, but did not when the event happened. ${remedy}`;
  return say('asked_for_later', words, { type });
}

function whyNotAsked(type: string, patterns: readonly string[]): string {
  const plain = `The endpoint asks for ${patterns.join(', ') || 'nothing'}, and that does not take ${type}.`;
  if (!isOperational(type) || !patterns.includes('*')) return plain;
  const family = type.slice(0, type.indexOf('.'));
  return `${plain} "*" is every event but those about endpoints, connections and keys themselves: ask for ${family}.* as well.`;
}

function whyNotYet({ endpoint, mailbox, now }: Telling, delivery: TellingDelivery): Said {
  const { attemptCount, waitsFor, dueAt } = delivery;
  const sofar = attemptCount === 0 ? 'It was not tried yet' : `It failed in ${tries(delivery)}`;
  const wait = (code: TellingCode, words: string, params: WordParams = NO_PARAMS) =>
    say(code, sofar + words, { tries: attemptCount, ...params });
  if (endpoint.state === 'disabled' || endpoint.state === 'paused') {
    const words = `, and the endpoint is ${endpoint.state}: it will be held.`;
    return wait('waits_will_be_held', words, { state: endpoint.state });
  }
  if (mailbox.breaker.state !== 'closed') {
    const { until } = mailbox.breaker;
    const at = until > now ? { at: text(until) } : NO_PARAMS;
    const words = `. The endpoint failed too often, so all of it waits${until > now ? ` until ${text(until)}` : ''}; then one delivery is tried.`;
    return wait('waits_for_breaker', words, at);
  }
  if (mailbox.waitsUntil > now) {
    const at = text(mailbox.waitsUntil);
    return mailbox.rateLimited
      ? wait('waits_for_rate_limit', `. Its rate limit is used up: it goes on at ${at}.`, { at })
      : wait('waits_as_asked', `. The endpoint asked us to wait: it goes on at ${at}.`, { at });
  }
  if (waitsFor !== undefined) {
    const { sequence, type } = waitsFor;
    const words = `. It waits for event ${String(sequence)} of its call (${type}), which failed and goes first.`;
    return wait('waits_for_order', words, { sequence, type });
  }
  if (dueAt > now)
    return wait('waits_for_retry', `. It is tried next at ${text(dueAt)}.`, { at: text(dueAt) });
  return wait('waits_its_turn', '. It is due, and goes out when those before it have gone.');
}

function tries({ attemptCount }: TellingDelivery): string {
  return attemptCount === 1 ? '1 try' : `${String(attemptCount)} tries`;
}

function text(at: Instant): string {
  return new Date(at).toISOString();
}
