/** What endpoints are told after a look at a campaign. */
import {
  campaignNews,
  leadNews,
  type CampaignNews,
  type CampaignStanding,
  type CampaignTelling,
  type FinishedLead,
  type Instant,
} from '#domain';
import type { DialerCampaign, HeldLead } from '#db';
import type { Settled } from './settle-attempts.js';

/** What the look came to. */
interface DialledSeen {
  pbx: string;
  placed: number;
  due: number;
  /** The first lead that waits. */
  next: unknown;
}

/** @param before  what was told last */
export function newsOfLook(
  before: CampaignTelling,
  campaign: DialerCampaign,
  facts: { standing: CampaignStanding; settled: Settled; dialled: DialledSeen; now: Instant },
): ReturnType<typeof campaignNews> {
  const { standing, settled, dialled, now } = facts;
  const finished = settled.told.flatMap(
    ({ id, leadId, outcome, endedAt, talkSeconds, lead }): FinishedLead[] => {
      if (lead.state === 'waiting' || lead.state === 'removed') return [];
      const { state, reason } = lead;
      return [{ id: leadId, state, reason, attemptId: id, result: outcome.result, endedAt, talkSeconds }];
    },
  );
  const isIdle = settled.open.length === 0 && dialled.placed === 0 && dialled.next === undefined;
  // Of a preview agents hold leads that neither wait nor are called.
  const isAtEnd = isIdle && dialled.due === 0 && dialled.pbx === 'ready' && campaign.mode !== 'preview';
  return campaignNews(before, campaign, { standing, finished, isAtEnd, now });
}

/** Of leads that a rule gave up before they were called, or called again. */
export function newsOfHeld(
  campaign: DialerCampaign,
  over: readonly HeldLead[],
  now: Instant,
): CampaignNews[] {
  const uncalled = { attemptId: null, result: null, endedAt: now, talkSeconds: null };
  return over.map(({ id, state, reason }) => leadNews(campaign, { id, state, reason, ...uncalled }));
}
