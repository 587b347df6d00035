import {
  answeredTooLate,
  effectiveRules,
  isLeadFirst,
  nextTry,
  outcomeOfAttempt,
  zonesOf,
  type CampaignMode,
  type CampaignSettings,
  type Instant,
  type NextTry,
  type OrderId,
  type PacingNews,
} from '#domain';
import type { OwedAttempt, ToldAttempt } from '#db';

/** What became of a campaign's attempts since the last look. */
export interface Settled {
  told: ToldAttempt[];
  /** Those that go on. */
  open: OwedAttempt[];
  /** For the pacing, in the order of the attempts. */
  news: PacingNews[];
  /** Attempts that go on and were answered. */
  answered: OrderId[];
}

export interface SettleContext {
  mode: CampaignMode;
  settings: CampaignSettings;
  now: Instant;
  chance: () => number;
  /** Of whose answer the pacing has been told. */
  answered: readonly OrderId[];
}

/** Where leads go from what their calls came to. */
export function settleAttempts(owed: readonly OwedAttempt[], context: SettleContext): Settled {
  const settled: Settled = { told: [], open: [], news: [], answered: [] };
  const known = new Set(context.answered);
  const { answerWithinMs } = effectiveRules(context.settings.rules);
  const leadFirst = isLeadFirst(context.mode) ? { answerWithinMs } : null;
  for (const attempt of owed) {
    const { state, call } = attempt;
    const outcome = outcomeOfAttempt(state, call, leadFirst);
    const answeredAt = call?.answeredAt ?? null;
    const isNews = !known.has(attempt.id);
    const ringMs = (at: Instant) => Math.max(0, at - attempt.sentAt);
    const isLate = answeredTooLate(call, leadFirst);
    const hasAnswered = answeredAt !== null && (outcome === null || outcome.answer === 'served' || isLate);
    if (hasAnswered && isNews) {
      settled.news.push({ kind: 'answered', key: attempt.paceKey, ringMs: ringMs(answeredAt) });
      if (leadFirst !== null) settled.news.push({ kind: isLate ? 'abandoned' : 'served' });
    }
    if (outcome === null) {
      settled.open.push(attempt);
      if (hasAnswered) settled.answered.push(attempt.id);
      continue;
    }
    const endedAt = attempt.endedAt ?? call?.endedAt ?? context.now;
    if (outcome.answer === 'dropped' && !hasAnswered) {
      settled.news.push({ kind: 'answered', key: attempt.paceKey, ringMs: ringMs(answeredAt ?? endedAt) });
      settled.news.push({ kind: 'abandoned' });
    } else if (outcome.counts && outcome.answer === null) {
      settled.news.push({ kind: 'failed', key: attempt.paceKey, ringMs: ringMs(endedAt) });
    }
    settled.told.push({
      id: attempt.id,
      leadId: attempt.leadId,
      outcome,
      endedAt,
      talkSeconds: call?.talkSeconds ?? 0,
      lead: leadAfter(attempt, outcome.result, outcome.counts, context),
    });
  }
  return settled;
}

/** There is nobody to tell: the attempt is settled all the same, or it would be owed for ever. */
const GONE: ToldAttempt['lead'] = { state: 'removed', nextAt: null, reason: null };

function leadAfter(
  { lead }: OwedAttempt,
  result: ToldAttempt['outcome']['result'],
  counts: boolean,
  { mode, settings, now, chance }: SettleContext,
): ToldAttempt['lead'] {
  if (lead === null) return GONE;
  // A message was said to whoever took the call, whatever it was: that is what was wanted.
  if (mode === 'message' && result === 'ivr_only') return over({ over: 'answered' });
  const attempt = lead.attempts + (counts ? 1 : 0);
  // What was never placed is no call; how often that happened is counted all the same, or it would go on for ever.
  const number = counts ? attempt : lead.tries;
  const zones = zonesOf(lead);
  const next = nextTry(settings.retry, { result, attempt: number, now, chance: chance(), zones });
  if ('again' in next && lead.maxTries !== null && attempt >= lead.maxTries) return over({ over: 'tries' });
  return 'again' in next ? { state: 'waiting', nextAt: next.again, reason: null } : over(next);
}

const WHY_OVER: Record<Extract<NextTry, { over: unknown }>['over'], string | null> = {
  answered: null,
  final: 'What the call came to is not tried again by the campaign.',
  tries: 'It was tried as often as the campaign tries.',
};

function over(next: Extract<NextTry, { over: unknown }>): ToldAttempt['lead'] {
  const state = next.over === 'answered' ? 'done' : 'given_up';
  return { state, nextAt: null, reason: WHY_OVER[next.over] };
}
