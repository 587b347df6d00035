import {
  CAMPAIGN_WHYS,
  type CampaignAgent,
  type CampaignMode,
  type CampaignStanding,
  type CampaignState,
  type Instant,
  type PacingPlan,
} from '#domain';

export interface StandingFacts {
  now: Instant;
  mode: CampaignMode;
  state: CampaignState;
  /** Its PBX can be commanded to do this. */
  pbx: 'ready' | 'no_account' | 'unsupported';
  members: number;
  agents: readonly CampaignAgent[];
  calls: CampaignStanding['calls'];
  /** Leads that are due now, as far as they were counted. */
  due: number;
  /** The first lead that waits; undefined where none does. */
  next: { at: Instant; reason: string | null } | undefined;
  plan: PacingPlan | null;
  placed: number;
}

type Answer = Pick<CampaignStanding, 'rule' | 'why' | 'nextAt'>;

/** What the dialer does, and the first thing that keeps it from doing more. */
export function explainStanding(facts: StandingFacts): CampaignStanding {
  const { now, members, agents, calls, placed } = facts;
  const count = (...states: CampaignAgent['state'][]) =>
    agents.filter(({ state }) => states.includes(state)).length;
  return {
    at: now,
    ...answer(facts),
    agents: { members, free: count('idle'), busy: count('busy', 'wrap') },
    calls,
    placed,
    wanted: facts.plan?.place ?? 0,
  };
}

function answer(facts: StandingFacts): Answer {
  const { mode, state, pbx, plan, due, next, placed } = facts;
  if (state !== 'running') return says('campaign_state', CAMPAIGN_WHYS.state(state));
  if (pbx === 'no_account') {
    return says('no_account', CAMPAIGN_WHYS.no_account);
  }
  if (pbx === 'unsupported') return says('unsupported', CAMPAIGN_WHYS.unsupported(mode));
  if (mode === 'preview') return says('preview', CAMPAIGN_WHYS.preview);
  if (next === undefined) return says('no_leads', CAMPAIGN_WHYS.no_leads);
  if (due === 0) {
    return says('leads_wait', next.reason ?? CAMPAIGN_WHYS.leads_wait, next.at);
  }
  if (needsAgents(mode) && facts.agents.length === 0) {
    return says('no_agents', facts.members === 0 ? CAMPAIGN_WHYS.no_members : CAMPAIGN_WHYS.nobody_there);
  }
  if (placed > 0 || plan === null) return says(plan?.rule ?? 'dialling', 'It dials.');
  return says(plan.rule, plan.why);
}

export function needsAgents(mode: CampaignMode): boolean {
  return mode !== 'message';
}

function says(rule: string, why: string, nextAt: Instant | null = null): Answer {
  return { rule, why, nextAt };
}
