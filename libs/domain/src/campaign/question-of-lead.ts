import type { DialLead, DialQuestion } from '../dialling/dial-question.js';
import type { CampaignState } from '../dialling/campaign-state.js';
import type { Instant } from '../ids.js';
import { isLeadFirst, type CampaignMode, type CampaignSettings } from './campaign.js';

/** What the rows tell of a lead beside its own one. */
export type LeadHistory = Pick<DialQuestion, 'attempts' | 'lastDropAt' | 'lastTalkAt'> & {
  /** Its number is on the tenant's do-not-call list. */
  isListed: boolean;
};

/** Whether a lead of a campaign may be dialled now, as a question for `mayDial`. @param lead.notBefore  by its schedule */
export function questionOfLead(
  campaign: { state: CampaignState; mode: CampaignMode; settings: CampaignSettings },
  lead: DialLead,
  { isListed, attempts, lastDropAt, lastTalkAt }: LeadHistory,
  now: Instant,
): DialQuestion {
  return {
    now,
    rules: campaign.settings.rules,
    campaign: { state: campaign.state, automated: isLeadFirst(campaign.mode) },
    lead,
    ...{ attempts, lastDropAt, lastTalkAt },
    listed: isListed ? 'tenant' : null,
    registryCheckedAt: null,
    callerId: null,
  };
}
