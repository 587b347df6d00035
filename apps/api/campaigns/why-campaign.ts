import type { Instant } from '#domain';
import type { CampaignOutlook, CampaignRecord } from '#db';

/** Whether the campaign's PBX can be commanded to do this. */
export type PbxOfCampaign = 'ready' | 'no_account' | 'unsupported';

interface Answer {
  rule: string;
  why: string;
  nextAt: Instant | null;
}

/**
 * Why a campaign does not dial, or that it does: what the rows say now goes before what the dialer saw at its last look, which may be
 * some time ago.
 */
export function whyCampaign(
  { mode, state, standing, stateAt }: Pick<CampaignRecord, 'mode' | 'state' | 'standing' | 'stateAt'>,
  pbx: PbxOfCampaign,
  { members, due, next }: CampaignOutlook,
): Answer {
  if (state !== 'running') {
    const rest = state === 'deleted' ? '.' : ': start it.';
    return says('campaign_state', `The campaign is ${state}${rest}`);
  }
  if (pbx === 'no_account') {
    return says('no_account', 'The PBX of its connection has no account that is switched on: give it one.');
  }
  if (pbx === 'unsupported') {
    return says('unsupported', `The PBX cannot place the calls of a ${mode} campaign.`);
  }
  if (next === null) return says('no_leads', 'No lead waits to be called.');
  if (due === 0) return says('leads_wait', next.reason ?? 'The next lead is to be called later.', next.at);
  if (mode !== 'message' && members === 0) {
    const why = 'The campaign has no members: add the phones of those who take its calls.';
    return says('no_agents', why);
  }
  if (mode === 'preview') return says('preview', 'Agents take its leads and dial them themselves.');
  if (standing === null || standing.at < stateAt) {
    return says('not_looked', 'The dialer has not looked at it since it was started.');
  }
  return says(standing.rule, standing.why, standing.nextAt === null ? null : (standing.nextAt as Instant));
}

function says(rule: string, why: string, nextAt: Instant | null = null): Answer {
  return { rule, why, nextAt };
}
