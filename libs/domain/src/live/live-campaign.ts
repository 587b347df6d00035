/** A campaign as the live channel tells it. */
import type { CampaignMode, CampaignStanding } from '../campaign/campaign.js';
import type { CampaignState } from '../dialling/campaign-state.js';
import type { CampaignId, ConnectionId, Instant } from '../ids.js';

export interface LiveCampaign {
  id: CampaignId;
  connectionId: ConnectionId;
  name: string;
  mode: CampaignMode;
  state: CampaignState;
  stateAt: Instant;
  /** What the dialer did at its last look; null where it has not looked yet. */
  standing: CampaignStanding | null;
  /** Leads that wait, counted up to 10,000. */
  waiting: number;
  /** What the calls of the last 24 hours came to, by whole hours. */
  lastDay: { dials: number; answers: number; served: number; drops: number };
}

/** A campaign is otherwise than before. */
export interface LiveCampaignChange {
  campaign: LiveCampaign;
}

/** What a socket is told of a campaign. */
export interface LiveCampaignEvent {
  topic: 'campaign';
  id: CampaignId;
  connectionId: ConnectionId;
  name: string;
  mode: CampaignMode;
  state: CampaignState;
  stateAt: string;
  /** What decides how much it dials, e.g. a rung of the safety ladder; null where the dialer has not looked yet. */
  rule: string | null;
  why: string | null;
  /** When it goes on by itself. */
  nextAt: string | null;
  agents: CampaignStanding['agents'] | null;
  calls: CampaignStanding['calls'] | null;
  /** Calls that were placed at the last look, and how many would have been, had its PBX's account been its alone. */
  pace: { placed: number; wanted: number } | null;
  /** It is paused or stopped, and none of its calls goes on. */
  drained: boolean;
  waiting: number;
  lastDay: LiveCampaign['lastDay'] & {
    /** Dropped answers of all answers, 0 to 1; null without an answer. */
    abandonedShare: number | null;
  };
}

export function campaignEvent(campaign: LiveCampaign): LiveCampaignEvent {
  const { id, connectionId, name, mode, state, stateAt, standing, waiting, lastDay } = campaign;
  const abandonedShare = lastDay.answers === 0 ? null : lastDay.drops / lastDay.answers;
  return {
    topic: 'campaign',
    ...{ id, connectionId, name, mode, state },
    stateAt: new Date(stateAt).toISOString(),
    rule: standing?.rule ?? null,
    why: standing?.why ?? null,
    nextAt: standing?.nextAt == null ? null : new Date(standing.nextAt).toISOString(),
    agents: standing?.agents ?? null,
    calls: standing?.calls ?? null,
    pace: standing && { placed: standing.placed, wanted: standing.wanted },
    drained: isDrained(campaign),
    waiting,
    lastDay: { ...lastDay, abandonedShare },
  };
}

/** Told by a look that came after it was paused or stopped, or what goes on would not be known. */
function isDrained({ state, stateAt, standing }: LiveCampaign): boolean {
  if (state === 'running' || standing === null || standing.at < stateAt) return false;
  const { dialling, talking, waiting } = standing.calls;
  return dialling + talking + waiting === 0;
}
