/** Whoever has a campaign's code may do with it what this API does: the vendor asks for nothing else (seed 6.1 to 6.15). */
import type { AnyRequest } from '../../../content/any-request.js';
import type { Presented } from '../../../facade.js';

/** Null where no campaign is named: then it is whoever's code came. */
export function presentedCampaign({ fields }: AnyRequest): Presented | null {
  const campaign = fields.text('campaign');
  return campaign === null ? null : { kind: 'campaign', campaign, code: fields.text('code'), others: [] };
}
