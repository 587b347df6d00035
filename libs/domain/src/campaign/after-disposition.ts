import type { PlaceEvidence } from '../dialling/dial-question.js';
import type { LeadState } from '../dialling/lead-state.js';
import { nextTry } from '../dialling/next-try.js';
import type { RetryPolicy, TryResult } from '../dialling/retry-policy.js';
import { zonesOf } from '../dialling/zones-of.js';
import { DAY, MINUTE } from '../delivery/durations.js';
import { instant, type Instant } from '../ids.js';
import type { CampaignSettings } from './campaign.js';

/** What of a lead decides where a word takes it. */
export interface LeadTalkedTo extends PlaceEvidence {
  /** Its calls, with the one that the word is about. */
  attempts: number;
  maxTries: number | null;
  lastResult: TryResult | null;
}

export interface AfterDisposition {
  state: Extract<LeadState, 'done' | 'waiting' | 'given_up'>;
  /** For `waiting`. */
  nextAt: Instant | null;
  /** A sentence for people; null where the word says it all. */
  reason: string | null;
  /** Nobody of the tenant may call the number any more. */
  blocksNumber: boolean;
}

const TRIED_ENOUGH = 'They asked to be called again, but were called as often as the campaign calls.';
const NOT_AGAIN = 'They do not want to be called.';

/**
 * Where a lead goes from the word that somebody said about it; null for a word of which the campaign says nothing. Letters' case does
 * not matter. Neither do the rules of dialling, which are asked again before the call.
 *
 * Another call is capped by the lead's own `maxTries`, and by the retry rule for what its last call came to. Results that are not
 * tried again, as an answer, have none: the one for `missed` stands in, as it says how often the campaign tries to reach somebody.
 *
 * @param chance  in [0, 1): varies a wait that the retry rules decide
 */
export function afterDisposition(
  { dispositions, retry }: Pick<CampaignSettings, 'dispositions' | 'retry'>,
  word: string,
  lead: LeadTalkedTo,
  { now, chance }: { now: Instant; chance: number },
): AfterDisposition | null {
  const said = fold(word);
  const rule = Object.entries(dispositions).find(([known]) => fold(known) === said)?.[1];
  if (rule === undefined) return null;
  const over = { nextAt: null, reason: null, blocksNumber: false };
  if (rule.then === 'done') return { ...over, state: 'done' };
  if (rule.then === 'do_not_call') return { ...over, state: 'done', reason: NOT_AGAIN, blocksNumber: true };
  const again = againAt(retry, rule.afterMinutes, lead, { now, chance });
  if (again === null) return { ...over, state: 'given_up', reason: TRIED_ENOUGH };
  return { ...over, state: 'waiting', nextAt: again };
}

/** Null where they were called as often as they may be. */
function againAt(
  retry: RetryPolicy,
  afterMinutes: number | null,
  lead: LeadTalkedTo,
  { now, chance }: { now: Instant; chance: number },
): Instant | null {
  const { attempts, maxTries, lastResult } = lead;
  if (maxTries !== null && attempts >= maxTries) return null;
  const hasRule = lastResult !== null && retry.results[lastResult] !== undefined;
  const result = hasRule ? lastResult : 'missed';
  const attempt = Math.max(1, attempts);
  const next = nextTry(retry, { result, attempt, now, chance, zones: zonesOf(lead) });
  if ('over' in next && next.over === 'tries') return null;
  if (afterMinutes !== null) return instant(now + afterMinutes * MINUTE);
  return 'again' in next ? next.again : instant(now + DAY);
}

function fold(word: string): string {
  return word.trim().toLowerCase();
}
