import {
  countryOfNumber,
  instant,
  offsetOf,
  planCalls,
  type CampaignAgent,
  type CampaignMode,
  type CampaignSettings,
  type Instant,
  type Ledger,
  type PacingMemory,
  type PacingPlan,
} from '#domain';
import type { OwedAttempt } from '#db';

/** A message campaign needs nobody; this is how many lines it uses where nobody says. */
const MESSAGE_LINES = 10;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface RoundFacts {
  now: Instant;
  mode: CampaignMode;
  settings: CampaignSettings;
  agents: readonly CampaignAgent[];
  /** Attempts that go on. */
  open: readonly OwedAttempt[];
  /** Numbers of the leads that would be next. */
  nextUp: readonly string[];
  ledger: Ledger;
  /** When the oldest webhook came that has not been read yet. */
  behindAt: Instant | null;
  memory: PacingMemory;
  paceKey: (phone: string, now: Instant) => string;
}

/** How many of the next leads are dialled now. */
export function planRound(facts: RoundFacts): PacingPlan {
  const { mode, settings, agents, open, nextUp, now } = facts;
  const ringing = open.filter(({ call }) => call === undefined || call.state === 'ringing');
  const { maxLines } = settings.pacing;
  const lines = maxLines === null ? Infinity : Math.max(0, maxLines - open.length);
  if (mode === 'message') {
    const free = Math.max(0, (maxLines ?? MESSAGE_LINES) - open.length);
    const why = `Its ${String(maxLines ?? MESSAGE_LINES)} lines are in use.`;
    return { place: Math.min(free, nextUp.length), rule: 'progressive', why };
  }
  if (mode !== 'predictive') {
    const idle = agents.filter(({ state }) => state === 'idle').length;
    // An agent whose phone an attempt rings is busy by that; one that rings the lead first takes the place of a free one.
    const taken = mode === 'callback' ? ringing.length : 0;
    const place = Math.max(0, Math.min(idle - taken, nextUp.length, lines));
    return { place, rule: 'progressive', why: 'Every agent who is there is in a call or after one.' };
  }
  const waiting = ringing.filter(({ call }) => call?.queue != null);
  return planCalls(
    {
      now,
      telemetryAt: facts.behindAt ?? now,
      agents,
      outstanding: ringing
        .filter((attempt) => !waiting.includes(attempt))
        .map(({ sentAt, paceKey }) => ({ sentAt, key: paceKey })),
      waiting: waiting.length,
      candidates: nextUp.map((phone) => ({ key: facts.paceKey(phone, now) })),
      ledger: facts.ledger,
    },
    facts.memory,
    settings.pacing,
  );
}

/** Calls that are alike in their chance of an answer: of one country, in one hour of the campaign's day. */
export function paceKeyIn(timeZone: string): (phone: string, now: Instant) => string {
  return (phone, now) => `${countryOfNumber(phone) ?? '?'}/${hourIn(timeZone, now)}`;
}

/** When the day began in a zone. */
export function dayFrom(timeZone: string, now: Instant): Instant {
  const offset = offsetOf(timeZone, now);
  return instant(Math.floor((now + offset) / DAY_MS) * DAY_MS - offset);
}

function hourIn(timeZone: string, now: Instant): string {
  return String(Math.floor((now + offsetOf(timeZone, now)) / HOUR_MS) % 24);
}
