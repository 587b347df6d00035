import type { Call } from '../call/call.js';
import type { TryResult } from '../dialling/retry-policy.js';
import type { OrderState } from '../order/order-state.js';

/** What a campaign's call came to. */
export interface AttemptOutcome {
  /** What the lead's next try is decided by. */
  result: TryResult;
  /** It was dialled at all: counts as an attempt. */
  counts: boolean;
  /**
   * What the compliance ledger is told: a person answered and was put through (`served`), or found nobody (`dropped`); null where
   * nobody answered.
   */
  answer: 'served' | 'dropped' | null;
}

export type LeadFirst = { answerWithinMs: number } | null;

const NOTHING = { counts: false, answer: null } as const;

/**
 * What became of an attempt, as far as anything did; null while it goes on.
 *
 * @param call  our record of its call; undefined where no webhook has told of one
 * @param leadFirst  the lead's phone rang before anybody of ours was on the line, and how soon somebody has to be; null for the agent's first
 */
export function outcomeOfAttempt(
  ...[state, call, leadFirst]: Parameters<typeof resultOfAttempt>
): AttemptOutcome | null {
  const outcome = resultOfAttempt(state, call, leadFirst);
  const isLate = outcome?.answer === 'served' && answeredTooLate(call, leadFirst);
  return outcome !== null && isLate ? { ...outcome, answer: 'dropped' } : outcome;
}

/** Somebody of ours spoke with the lead, but not as soon as the rules want: for them that is nobody. */
export function answeredTooLate(
  call: Pick<Call, 'answeredAt' | 'queueSeconds'> | undefined,
  leadFirst: LeadFirst,
): boolean {
  return leadFirst !== null && (call?.queueSeconds ?? 0) * 1_000 > leadFirst.answerWithinMs;
}

function resultOfAttempt(
  state: OrderState,
  call: Pick<Call, 'state' | 'result' | 'answeredAt' | 'queueSeconds' | 'talkSeconds' | 'legs'> | undefined,
  leadFirst: LeadFirst,
): AttemptOutcome | null {
  switch (state) {
    case 'refused':
    case 'not_placed':
      return { ...NOTHING, result: state };
    case 'cancelled':
    case 'expired':
      return { ...NOTHING, result: 'not_placed' };
    // Nobody knows; it may have rung, so it counts.
    case 'orphaned':
      return { result: 'unknown', counts: true, answer: null };
    default:
      break;
  }
  if (call?.state !== 'ended') {
    return state === 'ended' ? { result: 'unknown', counts: true, answer: null } : null;
  }
  if (leadFirst === null && neverRangLead(call)) return { ...NOTHING, result: 'not_placed' };
  const { result } = call;
  return { result, counts: true, answer: answerOf(result, leadFirst !== null) };
}

/** The agent did not pick up: the lead's phone never rang. Only a PBX that tells of both halves shows it. */
function neverRangLead({ legs, result }: Pick<Call, 'legs' | 'result'>): boolean {
  if (result === 'answered') return false;
  const agent = legs.find(({ key }) => key === 'agent');
  return agent !== undefined && agent.result !== 'answered' && !legs.some(({ key }) => key === 'customer');
}

function answerOf(result: TryResult, isLeadFirst: boolean): AttemptOutcome['answer'] {
  if (result === 'answered' || result === 'ivr_only') return 'served';
  return result === 'abandoned' && isLeadFirst ? 'dropped' : null;
}
