/** Who is to be called yet (seed 6.12). */
import { asks } from '../api-route.js';
import { campaignOf, dialerRoute } from './dialer-route.js';
import { writeCampaign, writeLead } from './write-campaign.js';

export const getCampaignPendingCalls = dialerRoute({
  method: 'GetCampaignPendingCalls',
  kind: 'list_pending',
  changes: false,
  jsonOnly: true,
  read: (asked) => {
    const of = campaignOf(asked);
    return of.ok ? asks({ kind: 'list_pending', campaign: of.campaign }) : of;
  },
  data: (told, settings) =>
    told.kind === 'list_pending'
      ? {
          Calls: told.leads.map((lead) => writeLead(lead, settings)),
          Campaign: writeCampaign(told.campaign),
        }
      : {},
});
