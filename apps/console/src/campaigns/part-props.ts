import type { CampaignDto } from '../api/operations';

/** What every part of a campaign's page is told. */
export interface PartProps {
  campaign: CampaignDto;
  tenant: string;
}
