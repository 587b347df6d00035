import type { Breaker } from '../delivery/breaker.js';
import type { Instant } from '../ids.js';
import { matchesEventType } from './event-types.js';
import { isOperational } from './operational-event-type.js';

/** Why an event was sent to an endpoint or was not, in one or two sentences for the tenant. */
export interface Explanation {
  /** The endpoint has got it. */
  told: boolean;
  because: string;
}

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
  if (delivery === undefined) return { told: false, because: whyNone(telling) };
  const sentences: Record<string, () => string> = {
    delivered: () =>
      `It was delivered${delivery.finishedAt === null ? '' : ` at ${text(delivery.finishedAt)}`}, in ${tries(delivery)}.`,
    dead: () => `It was given up after ${tries(delivery)}. ${delivery.reason ?? ''}`.trim(),
    skipped: () => `It was skipped: ${delivery.reason ?? 'nobody said why'}.`,
    held: () =>
      `It is held: ${delivery.reason ?? 'the endpoint is not enabled'}. Enabling decides what becomes of it.`,
    due: () => whyNotYet(telling, delivery),
  };
  const because = sentences[delivery.state]?.() ?? `Its delivery is ${delivery.state}.`;
  return { told: delivery.state === 'delivered', because };
}

function whyNone({ event, endpoint }: Telling): string {
  if (!matchesEventType(endpoint.eventTypes, event.type)) return whyNotAsked(event.type, endpoint.eventTypes);
  if (!event.passes) return 'The filter of the endpoint does not let this event pass.';
  const remedy = 'A replay of what it missed sends it.';
  if (endpoint.createdAt > event.createdAt) {
    return `The endpoint was made at ${text(endpoint.createdAt)}, after the event. ${remedy}`;
  }
  return `The endpoint asks for ${event.type} now, but did not when the event happened. ${remedy}`;
}

function whyNotAsked(type: string, patterns: readonly string[]): string {
  const plain = `The endpoint asks for ${patterns.join(', ') || 'nothing'}, and that does not take ${type}.`;
  if (!isOperational(type) || !patterns.includes('*')) return plain;
  const family = type.slice(0, type.indexOf('.'));
  return `${plain} "*" is every event but those about endpoints, connections and keys themselves: ask for ${family}.* as well.`;
}

function whyNotYet({ endpoint, mailbox, now }: Telling, delivery: TellingDelivery): string {
  const sofar = delivery.attemptCount === 0 ? 'It was not tried yet' : `It failed in ${tries(delivery)}`;
  return `${sofar}${waitsFor()}`;

  function waitsFor(): string {
    if (endpoint.state === 'disabled' || endpoint.state === 'paused') {
      return `, and the endpoint is ${endpoint.state}: it will be held.`;
    }
    if (mailbox.breaker.state !== 'closed') {
      const { until } = mailbox.breaker;
      return `. The endpoint failed too often, so all of it waits${until > now ? ` until ${text(until)}` : ''}; then one delivery is tried.`;
    }
    if (mailbox.waitsUntil > now) {
      const why = mailbox.rateLimited ? 'Its rate limit is used up' : 'The endpoint asked us to wait';
      return `. ${why}: it goes on at ${text(mailbox.waitsUntil)}.`;
    }
    if (delivery.waitsFor !== undefined) {
      const { sequence, type } = delivery.waitsFor;
      return `. It waits for event ${String(sequence)} of its call (${type}), which failed and goes first.`;
    }
    if (delivery.dueAt > now) return `. It is tried next at ${text(delivery.dueAt)}.`;
    return '. It is due, and goes out when those before it have gone.';
  }
}

function tries({ attemptCount }: TellingDelivery): string {
  return attemptCount === 1 ? '1 try' : `${String(attemptCount)} tries`;
}

function text(at: Instant): string {
  return new Date(at).toISOString();
}
