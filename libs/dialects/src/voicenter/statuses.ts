/**
 * What a CDR's `status` means (seed section 4, "Call statuses"; design "Dialects" for the queue's newer ones), and the
 * `CALL_STATUS` of HANGUP_CALL (seed section 5.2).
 */
import type { CallResult, Direction, LegReport } from '#domain';
import { squeezed } from '../content/squeezed.js';

/** For a status that means another thing when the caller is the customer. */
interface ByDirection {
  inbound: CallResult;
  otherwise: CallResult;
}

const RESULTS = new Map<string, CallResult | ByDirection>(
  Object.entries({
    answer: 'answered',
    // How the seed's examples of HANGUP_CALL have it, beside a table that says ANSWER.
    answered: 'answered',
    voicemail: 'voicemail',
    busy: 'busy',
    noanswer: 'missed',
    // Who hangs up while it rings has missed us, when it is a customer; has changed his mind, when it is one of us.
    cancel: { inbound: 'missed', otherwise: 'cancelled' },
    canceled: { inbound: 'missed', otherwise: 'cancelled' },
    cancelled: { inbound: 'missed', otherwise: 'cancelled' },
    notdialed: { inbound: 'missed', otherwise: 'cancelled' },
    notcalled: 'cancelled',
    sswpreauth: 'cancelled',
    // The queue: gave up waiting or chose to leave; was not served in time, not let in; had nobody in it.
    abandone: 'abandoned',
    abandoned: 'abandoned',
    exit: 'abandoned',
    timeout: 'missed',
    full: 'missed',
    joinempty: 'failed',
    voend: 'ivr_only',
    te: 'ivr_only',
    congestion: 'failed',
    chanunavail: 'failed',
    invalidargs: 'failed',
    // HANGUP_CALL only: privacy mode, whoever was called would not take it.
    dontcall: 'missed',
    torture: 'missed',
  } satisfies Record<string, CallResult | ByDirection>),
);

/**
 * Words for a call that nobody took and nobody missed: the menu was meant to hang up (TE), or the PBX itself could not do
 * what it was set up for. Source: design "Dialects", the list of what is missed; of all other words a caller is.
 */
const NOBODY_MISSED: ReadonlySet<string> = new Set(['te', 'joinempty', 'invalidargs', 'sswpreauth']);

/** What a report says beside its result of a status, where that is one of those. */
export function nobodyMissedBy(status: string): Pick<LegReport, 'nobodyMissed'> {
  return NOBODY_MISSED.has(squeezed(status)) ? { nobodyMissed: true } : {};
}

/** Whether the vendor's documents, or what we saw, give the status a meaning. */
export function isKnownStatus(status: string): boolean {
  return RESULTS.has(squeezed(status));
}

/** A status that is not in the table is `unknown`; the vendor's word is kept beside it. */
export function resultOf(status: string, direction: Direction): CallResult {
  const result = RESULTS.get(squeezed(status)) ?? 'unknown';
  if (typeof result === 'string') return result;
  return direction === 'inbound' ? result.inbound : result.otherwise;
}
