import type { EnrichedCall } from '#domain';
import type { LoggingPolicy } from './logging-policy.js';

/**
 * Whether a call is logged. @returns null for yes, else why not; goes on from "It is not logged:"
 */
export function whyNotLogged(call: EnrichedCall, policy: LoggingPolicy): string | null {
  if (call.direction === 'internal') return 'a call among colleagues';
  if (policy.directions !== 'both' && policy.directions !== call.direction) {
    return `${call.direction} calls are not wanted`;
  }
  const outside = partyOutside(call);
  if (outside.e164 === null && outside.original === '') return 'there is no number';
  const excepted = policy.exceptNumbers.find((pattern) => fits(outside.e164, pattern));
  if (excepted !== undefined) return `its number is among those that are never logged (${excepted})`;
  if (call.result === 'ivr_only' && !policy.missed) return 'the caller spoke with nobody';
  if (call.result !== 'answered') return policy.missed ? null : 'calls without an answer are not wanted';
  if (!policy.answered) return 'answered calls are not wanted';
  const talk = call.talkSeconds ?? 0;
  if (talk < policy.shortestTalk) {
    return `it took ${String(talk)} s, and calls of less than ${String(policy.shortestTalk)} s are not wanted`;
  }
  return null;
}

/** Whether a contact is made for a caller whom nobody knows; for a phone of the house's own never. */
export function mayCreateContact(call: EnrichedCall, { createContacts }: LoggingPolicy): boolean {
  if (createContacts === 'never' || isOurs(call)) return false;
  return createContacts === 'missed_too' || call.result === 'answered';
}

type Sides = Pick<EnrichedCall, 'direction' | 'from' | 'to'>;

/**
 * The party outside as a contact of the CRM has it: without an E.164 where the number is one of the tenant's own or a colleague's.
 * Whoever has that in the CRM is not who called.
 */
export function outsideOf(call: Sides & Pick<EnrichedCall, 'match'>): EnrichedCall['from'] {
  const outside = partyOutside(call);
  return isOurs(call) ? { ...outside, e164: null } : outside;
}

/** The party at the other end of the line, whoever that is. */
export function partyOutside({ direction, from, to }: Sides): EnrichedCall['from'] {
  return direction === 'outbound' ? to : from;
}

/** One branch calls the other by its public number, or a colleague calls in by a mobile phone that is an extension. */
function isOurs({ match }: Pick<EnrichedCall, 'match'>): boolean {
  return match?.reason === 'own_number' || match?.reason === 'extension';
}

function fits(e164: string | null, pattern: string): boolean {
  if (e164 === null) return false;
  return pattern.endsWith('*') ? e164.startsWith(pattern.slice(0, -1)) : e164 === pattern;
}
