import type { CampaignAgent, CampaignMode, CampaignStanding, Instant, PacingPlan } from '#domain';

export interface StandingFacts {
  now: Instant;
  mode: CampaignMode;
  state: string;
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
  if (state !== 'running') return says('campaign_state', `The campaign is ${state}: start it.`);
  if (pbx === 'no_account') {
    return says('no_account', 'The PBX of its connection has no account that is switched on: give it one.');
  }
  if (pbx === 'unsupported')
    return says('unsupported', `The PBX cannot place the calls of a ${mode} campaign.`);
  if (mode === 'preview') return says('preview', 'Agents take its leads and dial them themselves.');
  if (next === undefined) return says('no_leads', 'No lead waits to be called.');
  if (due === 0) {
    return says('leads_wait', next.reason ?? 'The next lead is to be called later.', next.at);
  }
  if (needsAgents(mode) && facts.agents.length === 0) {
    const why =
      facts.members === 0
        ? 'The campaign has no members: add the phones of those who take its calls.'
        : 'None of its members is logged in with a phone that is registered.';
    return says('no_agents', why);
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
