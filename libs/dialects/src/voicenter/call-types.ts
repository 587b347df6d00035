/**
 * What a CDR's `type` means (seed section 4, "Call types"), by squeezed name: the vendor writes `Click2Call leg1` in one
 * place and ` Click2Callleg1` in another.
 */
import type { Direction, LegKey } from '#domain';
import { squeezed } from '../content/squeezed.js';

export interface CallType {
  leg: LegKey;
  /** Null where the type alone does not tell: then the `direction` field or the extensions do. */
  direction: Direction | null;
  /** Whether the direction holds whatever the `direction` field says of this leg. */
  fixed?: true;
  /** Whether the type is a queue's, so that an unanswered call's duration is all waiting. */
  queue?: true;
  /** Whether an answer came from a voicemail box. */
  voicemail?: true;
}

/**
 * Every step of a call that the PBX places in two steps is outbound, the one called `Incoming` too: the PBX calls it so
 * because the customer, dialed by it, then *enters* the IVR or queue.
 */
const agent: CallType = { leg: 'agent', direction: 'outbound', fixed: true };
const customer: CallType = { leg: 'customer', direction: 'outbound', fixed: true };
const inbound: CallType = { leg: 'only', direction: 'inbound' };
const outbound: CallType = { leg: 'only', direction: 'outbound' };

const CALL_TYPES = new Map<string, CallType>(
  Object.entries({
    incomingcall: inbound,
    queue: { ...inbound, queue: true },
    voicemail: { ...inbound, voicemail: true },
    callference: inbound,
    extensionoutgoing: outbound,
    cc: outbound,
    scrubber: outbound,
    faxcdr: outbound,
    click2callleg1: agent,
    click2callleg2: customer,
    productivecallleg1: agent,
    productivecallleg2: customer,
    click2ivr: agent,
    click2ivrincoming: customer,
    click2queue: agent,
    click2queueincoming: { ...customer, queue: true },
    // Further CDRs of a call that was going on: legs of their own, so that they never overwrite the first one's.
    xfercdr: { leg: 'transfer', direction: null },
    autoforward: { leg: 'forward', direction: null },
    attendedcdrleg1: { leg: 'attended_1', direction: null },
    attendedcdrleg2: { leg: 'attended_2', direction: null },
  }),
);

const UNKNOWN_TYPE: CallType = { leg: 'only', direction: null };

export function isKnownType(type: string): boolean {
  return CALL_TYPES.has(squeezed(type));
}

/** A type that is not in the table is an ordinary call of its own. */
export function callTypeNamed(type: string): CallType {
  return CALL_TYPES.get(squeezed(type)) ?? UNKNOWN_TYPE;
}

/** Whether the type is one of the vendor's. */
export function isCallType(type: string): boolean {
  return CALL_TYPES.has(squeezed(type));
}
