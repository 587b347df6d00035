import { id, orderOfLead, type LeadId, type Order } from '#domain';
import type { CampaignRecord } from '#db';

const SOMEBODY = {
  id: id<LeadId>('00000000-0000-7000-8000-000000000000'),
  ...{ phone: '+12025550123', country: null, name: null, callerId: null, callerName: null, customData: {} },
} as const;

/** An order such as a campaign places, to see what its PBX has to be able to do. */
export function sampleOrder({ mode, settings }: Pick<CampaignRecord, 'mode' | 'settings'>): Order {
  return orderOfLead(mode, settings, SOMEBODY, { extension: '0', callerId: null });
}
