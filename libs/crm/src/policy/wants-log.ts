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
  const outside = outsideOf(call);
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

/** Whether a contact is made for a caller whom nobody knows. */
export function mayCreateContact(call: EnrichedCall, { createContacts }: LoggingPolicy): boolean {
  if (createContacts === 'never') return false;
  return createContacts === 'missed_too' || call.result === 'answered';
}

/** The party that is not of our house. */
export function outsideOf({ direction, from, to }: Pick<EnrichedCall, 'direction' | 'from' | 'to'>) {
  return direction === 'outbound' ? to : from;
}

function fits(e164: string | null, pattern: string): boolean {
  if (e164 === null) return false;
  return pattern.endsWith('*') ? e164.startsWith(pattern.slice(0, -1)) : e164 === pattern;
}
