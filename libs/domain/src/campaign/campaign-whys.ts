import type { CampaignState } from '../dialling/campaign-state.js';
import type { CampaignMode } from './campaign.js';

/** Sentences for people about what keeps a campaign from dialling: the dialer's and the API's are the same. */
export const CAMPAIGN_WHYS = {
  state: (state: CampaignState) =>
    state === 'deleted' ? 'The campaign is deleted.' : `The campaign is ${state}: start it.`,
  no_account: 'The PBX of its connection has no account that is switched on: give it one.',
  unsupported: (mode: CampaignMode) => `The PBX cannot place the calls of a ${mode} campaign.`,
  preview: 'Agents take its leads and dial them themselves.',
  no_leads: 'No lead waits to be called.',
  leads_wait: 'The next lead is to be called later.',
  no_members: 'The campaign has no members: add the phones of those who take its calls.',
  nobody_there: 'None of its members is logged in with a phone that is registered.',
} as const;
