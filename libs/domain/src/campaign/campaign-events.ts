/** What CRMs and other endpoints are told of campaigns and of their leads. Source: issue "The dialer", live statistics as events. */
import type { CampaignState } from '../dialling/campaign-state.js';
import type { LeadState } from '../dialling/lead-state.js';
import {
  instant,
  type CampaignId,
  type ConnectionId,
  type Instant,
  type LeadId,
  type OrderId,
} from '../ids.js';
import type { CampaignMode, CampaignStanding } from './campaign.js';

export type CampaignEventType =
  | 'campaign.started'
  | 'campaign.paused'
  | 'campaign.stopped'
  | 'campaign.finished'
  | 'campaign.statistics'
  | 'lead.finished';

/** What was told of a campaign last. */
export interface CampaignTelling {
  /** Null: nothing yet. */
  state: Exclude<CampaignEventType, 'campaign.statistics' | 'lead.finished'> | null;
  statisticsAt: Instant | null;
}

export const UNTOLD_CAMPAIGN: CampaignTelling = { state: null, statisticsAt: null };

/** Between two `campaign.statistics` of a campaign that dials. */
export const STATISTICS_EVERY_MS = 60_000;

/** A lead that the campaign calls no more. */
export interface FinishedLead {
  id: LeadId;
  state: LeadState;
  reason: string | null;
  /** Of its last attempt, which is the id of the order in `customData.order_id` of its call; null where a rule gave it up. */
  attemptId: OrderId | null;
  result: string | null;
  endedAt: Instant;
  talkSeconds: number | null;
}

export interface CampaignNews {
  type: CampaignEventType;
  data: { reason: string; [member: string]: unknown };
}

export interface SeenCampaign {
  id: CampaignId;
  connectionId: ConnectionId;
  name: string;
  mode: CampaignMode;
  state: CampaignState;
}

const REASONS: Record<Exclude<CampaignEventType, 'campaign.statistics' | 'lead.finished'>, string> = {
  'campaign.started': 'It dials from now on, as far as its rules let it.',
  'campaign.paused': 'It was paused. Calls that go on are not ended.',
  'campaign.stopped': 'It was stopped. Calls that go on are not ended.',
  'campaign.finished': 'No lead waits any more, and no call goes on.',
};

/**
 * What is told after a look, and what was told with it. A state that was over before anybody looked is told by nobody.
 *
 * @param finished  leads that are called no more since the look before
 * @param isAtEnd  no lead waits, and no call goes on
 */
export function campaignNews(
  before: CampaignTelling,
  campaign: SeenCampaign,
  {
    standing,
    finished,
    isAtEnd,
    now,
  }: {
    standing: CampaignStanding;
    finished: readonly FinishedLead[];
    isAtEnd: boolean;
    now: Instant;
  },
): { told: CampaignTelling; news: CampaignNews[] } {
  const shown = shownOf(campaign);
  const news = finished.map((lead) => leadNews(campaign, lead));
  const state = toldBy(campaign.state, before.state, isAtEnd);
  if (state !== null && state !== before.state) {
    news.push({ type: state, data: { campaign: shown, reason: REASONS[state] } });
  }
  const { calls, agents, placed, wanted, rule, why } = standing;
  const isBusy = calls.dialling + calls.talking + calls.waiting > 0;
  const isDue = before.statisticsAt === null || now >= before.statisticsAt + STATISTICS_EVERY_MS;
  if (!isBusy || !isDue) return { told: { ...before, state: state ?? before.state }, news };
  const statistics = { agents, calls, placed, wanted, rule };
  news.push({ type: 'campaign.statistics', data: { campaign: shown, statistics, reason: why } });
  return { told: { state: state ?? before.state, statisticsAt: instant(now) }, news };
}

/** What is told of a lead that is called no more. */
export function leadNews(campaign: SeenCampaign, lead: FinishedLead): CampaignNews {
  const endedAt = new Date(lead.endedAt).toISOString();
  const reason = lead.reason ?? 'The campaign has reached it.';
  return { type: 'lead.finished', data: { campaign: shownOf(campaign), lead: { ...lead, endedAt }, reason } };
}

function shownOf({ id, name, connectionId, mode, state }: SeenCampaign): SeenCampaign {
  return { id, name, connectionId, mode, state };
}

function toldBy(
  state: CampaignState,
  before: CampaignTelling['state'],
  isAtEnd: boolean,
): CampaignTelling['state'] {
  if (state === 'running') return isAtEnd && before !== null ? 'campaign.finished' : 'campaign.started';
  if (state === 'paused') return 'campaign.paused';
  // One that was never started was not stopped either.
  return before === null ? null : 'campaign.stopped';
}

/** As it was kept; whatever is malformed was not told. */
export function campaignToldOf(kept: unknown): CampaignTelling {
  const { state, statisticsAt } = (kept ?? {}) as Partial<CampaignTelling>;
  return {
    state: typeof state === 'string' ? state : null,
    statisticsAt: typeof statisticsAt === 'number' ? statisticsAt : null,
  };
}
