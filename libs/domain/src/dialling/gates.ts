/** Each gate of `mayDial`: from when on it is open, and what to tell people where it is not. */
import { DAY, HOUR, MINUTE } from '../delivery/durations.js';
import { instant, type Instant } from '../ids.js';
import type { DialGate, DialQuestion, Listing } from './dial-question.js';
import { listHas } from './number-list.js';
import type { ReadyRules } from './ready-rules.js';
import { nextOpening } from './window.js';

export interface Asked {
  question: DialQuestion;
  ready: ReadyRules;
  zones: readonly string[];
}

interface Gate {
  /** The first moment from `at` on at which it is open, `at` itself where it is; null where it does not open by itself. */
  opensAt: (asked: Asked, at: Instant) => Instant | null;
  reason: (asked: Asked) => string;
}

const E164 = /^\+[1-9]\d{6,14}$/;
const PHONE_PERIOD_HOURS = 30 * 24;
const CALLER_ID_HOURS = 24;
const MOST_NAMED = 3;

export const GATES: Readonly<Record<DialGate, Gate>> = {
  campaign_state: {
    opensAt: ({ question: { campaign } }, at) => (campaign.state === 'running' ? at : null),
    reason: ({ question: { campaign } }) => `The campaign is ${campaign.state}.`,
  },
  number: {
    opensAt: ({ question: { lead } }, at) => (lead.phone !== null && E164.test(lead.phone) ? at : null),
    reason: () => 'This is no number that can be dialled.',
  },
  lead_state: {
    opensAt: ({ question: { lead, claimed } }, at) =>
      lead.state === 'waiting' || lead.state === 'offered' || (lead.state === 'dialling' && claimed === true)
        ? at
        : null,
    reason: ({ question: { lead } }) => LEAD_REASONS[lead.state],
  },
  do_not_call: {
    opensAt: (asked, at) => (whyNever(asked, at) === undefined ? at : null),
    reason: neverReason,
  },
  consent: {
    opensAt: (asked, at) => (!needsConsent(asked) || consentHolds(asked, at) ? at : null),
    reason: ({ question: { lead }, ready: { limits } }) =>
      lead.consentAt === null
        ? 'The person has not agreed to be called.'
        : `The person agreed to be called more than ${daysOf(limits.consentDays)} ago.`,
  },
  window: {
    opensAt: ({ ready: { everyWeek }, zones }, at) => nextOpening(everyWeek, zones, at),
    reason: ({ zones }) =>
      zones.length === 0
        ? 'Nothing tells where this number is, and so not what time it is there.'
        : `It is outside the calling hours in ${named(zones)}.`,
  },
  holidays: {
    opensAt: ({ ready: { hours }, zones }, at) => nextOpening(hours, zones, at),
    reason: ({ zones }) => `The date is one of the campaign's holidays in ${named(zones)}.`,
  },
  attempts_lead: {
    opensAt: ({ question: { lead }, ready: { limits } }, at) =>
      limits.maxAttempts === null || lead.attempts < limits.maxAttempts ? at : null,
    reason: ({ ready: { limits } }) =>
      `This lead was called ${times(limits.maxAttempts)}, as often as it may be.`,
  },
  attempts_phone: {
    opensAt: ({ question: { attempts }, ready: { limits } }, at) =>
      limits.maxPhoneAttempts === null
        ? at
        : afterCap(attempts, { count: limits.maxPhoneAttempts, hours: PHONE_PERIOD_HOURS }, at),
    reason: ({ ready: { limits } }) =>
      `This number was called ${times(limits.maxPhoneAttempts)} in 30 days, as often as it may be.`,
  },
  attempts_period: {
    opensAt: ({ question: { attempts }, ready: { limits } }, at) =>
      latest(
        limits.maxPerPhone.map((cap) => afterCap(attempts, cap, at)),
        at,
      ),
    reason: ({ question: { attempts, now }, ready: { limits } }) => {
      const cap = limits.maxPerPhone.find((each) => afterCap(attempts, each, now) > now);
      return `This number was called ${times(cap?.count ?? null)} within ${cap?.hours ?? 0} hours, as often as it may be.`;
    },
  },
  min_gap: {
    opensAt: ({ question, ready: { limits } }, at) =>
      quietAfter(question.attempts[0], limits.minGapMinutes * MINUTE, at),
    reason: ({ ready: { limits } }) =>
      `The last call to this number is less than ${limits.minGapMinutes} minutes ago.`,
  },
  after_drop: {
    opensAt: ({ question: { campaign, lastDropAt }, ready: { limits } }, at) =>
      campaign.automated ? quietAfter(lastDropAt, (limits.dropQuietHours ?? 0) * HOUR, at) : at,
    reason: ({ ready: { limits } }) =>
      `A call to this number found no agent free less than ${limits.dropQuietHours ?? 0} hours ago; no machine may dial it.`,
  },
  after_talk: {
    opensAt: ({ question: { lastTalkAt }, ready: { limits } }, at) =>
      quietAfter(lastTalkAt, (limits.talkQuietHours ?? 0) * HOUR, at),
    reason: ({ ready: { limits } }) =>
      `Somebody talked with this number less than ${limits.talkQuietHours ?? 0} hours ago.`,
  },
  scheduled: {
    opensAt: ({ question: { lead } }, at) => latest([lead.notBefore ?? at], at),
    reason: () => 'It is not yet the time at which this lead is to be called.',
  },
  caller_id_quota: {
    opensAt: ({ question: { callerId }, ready: { limits } }, at) =>
      callerId === null || limits.callerIdPerDay === null || callerId.uses < limits.callerIdPerDay
        ? at
        : quietAfter(callerId.oldestAt, CALLER_ID_HOURS * HOUR, at),
    reason: ({ ready: { limits } }) =>
      `The caller id was shown ${times(limits.callerIdPerDay)} in 24 hours, as often as it may be.`,
  },
};

const LEAD_REASONS: Readonly<Record<DialQuestion['lead']['state'], string>> = {
  waiting: 'The lead is waiting.',
  offered: 'An agent has the lead.',
  dialling: 'The lead is being called.',
  done: 'The lead is done.',
  given_up: 'The lead was given up.',
  invalid: 'The lead cannot be dialled.',
  removed: 'The lead was taken off the list.',
};

const LISTED: Readonly<Record<Listing, string>> = {
  tenant: 'The number is on the do-not-call list.',
  campaign: 'The number is on the do-not-call list of this campaign.',
  prefix: 'Numbers that begin like this one are on the do-not-call list.',
  registry: 'The number is on the public do-not-call registry, and no agreement to be called holds.',
};

/** On which list it stands so that it must not be called; `stale` where nobody knows. */
export function whyNever(asked: Asked, at: Instant): Listing | 'stale' | undefined {
  const { lead, listed, registryCheckedAt } = asked.question;
  const { limits, never } = asked.ready;
  if (listed !== null && listed !== 'registry') return listed;
  if (listHas(never, lead.phone ?? '')) return 'campaign';
  if (listed === 'registry' && !consentHolds(asked, at)) return 'registry';
  if (limits.registryDays === null) return undefined;
  const isFresh = registryCheckedAt !== null && at <= registryCheckedAt + limits.registryDays * DAY;
  return isFresh ? undefined : 'stale';
}

function neverReason(asked: Asked): string {
  const why = whyNever(asked, asked.question.now) ?? 'stale';
  return why === 'stale'
    ? `The public do-not-call registry was not asked about this number in the last ${daysOf(asked.ready.limits.registryDays)}.`
    : LISTED[why];
}

function needsConsent({
  question: { campaign },
  ready: {
    limits: { requireConsent },
  },
}: Asked): boolean {
  return requireConsent === 'always' || (requireConsent === 'automated' && campaign.automated);
}

function consentHolds(
  {
    question: {
      lead: { consentAt },
    },
    ready: {
      limits: { consentDays },
    },
  }: Asked,
  at: Instant,
): boolean {
  return consentAt !== null && (consentDays === null || at < consentAt + consentDays * DAY);
}

/** When one of the `count` newest calls is older than the period: only then another one is within the cap. */
function afterCap(
  attempts: readonly Instant[],
  { count, hours }: { count: number; hours: number },
  at: Instant,
): Instant {
  return quietAfter(attempts[count - 1], hours * HOUR, at);
}

function quietAfter(event: Instant | null | undefined, quietMs: number, at: Instant): Instant {
  return event === null || event === undefined ? at : latest([instant(event + quietMs)], at);
}

function latest(moments: readonly Instant[], at: Instant): Instant {
  return instant(Math.max(at, ...moments));
}

function times(count: number | null): string {
  return count === 1 ? 'once' : `${count ?? 0} times`;
}

function daysOf(days: number | null): string {
  return days === 1 ? 'day' : `${days ?? 0} days`;
}

function named(zones: readonly string[]): string {
  const more = zones.length - MOST_NAMED;
  return more > 0 ? `${zones.slice(0, MOST_NAMED).join(', ')} or ${more} more zones` : zones.join(' or ');
}
