import { CAMPAIGN_WHYS, type Instant } from '#domain';
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
  { members, due, next }: Pick<CampaignOutlook, 'members' | 'due' | 'next'>,
): Answer {
  if (state !== 'running') {
    return says('campaign_state', CAMPAIGN_WHYS.state(state));
  }
  if (pbx === 'no_account') {
    return says('no_account', CAMPAIGN_WHYS.no_account);
  }
  if (pbx === 'unsupported') {
    return says('unsupported', CAMPAIGN_WHYS.unsupported(mode));
  }
  if (next === null) return says('no_leads', CAMPAIGN_WHYS.no_leads);
  if (due === 0) return says('leads_wait', next.reason ?? CAMPAIGN_WHYS.leads_wait, next.at);
  if (mode !== 'message' && members === 0) {
    return says('no_agents', CAMPAIGN_WHYS.no_members);
  }
  if (mode === 'preview') return says('preview', CAMPAIGN_WHYS.preview);
  if (standing === null || standing.at < stateAt) {
    return says('not_looked', 'The dialer has not looked at it since it was started.');
  }
  return says(standing.rule, standing.why, standing.nextAt === null ? null : (standing.nextAt as Instant));
}

function says(rule: string, why: string, nextAt: Instant | null = null): Answer {
  return { rule, why, nextAt };
}
