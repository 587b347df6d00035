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

const NOTHING = { counts: false, answer: null } as const;

/**
 * What became of an attempt, as far as anything did; null while it goes on.
 *
 * @param call  our record of its call; undefined where no webhook has told of one
 * @param isLeadFirst  the lead's phone rang before anybody of ours was on the line
 */
export function outcomeOfAttempt(
  state: OrderState,
  call: Pick<Call, 'state' | 'result' | 'answeredAt' | 'talkSeconds' | 'legs'> | undefined,
  isLeadFirst: boolean,
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
  if (!isLeadFirst && neverRangLead(call)) return { ...NOTHING, result: 'not_placed' };
  const { result } = call;
  return { result, counts: true, answer: answerOf(result, isLeadFirst) };
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
