import type { ConnectionId, TenantId } from '#domain';
import type { DialerNow } from '#dialects';
import type { CampaignStatsRepository } from '#db';
import { stableNumber } from '../vendor-api/stable-number.js';

/**
 * Campaigns as the vendor's realtime clients know them. Without their codes: whoever has one may have a campaign call anybody, and who
 * may listen need not be allowed to.
 */
export async function dialersOf(
  campaigns: Pick<CampaignStatsRepository, 'dialling'>,
  tenant: TenantId,
  connection: ConnectionId,
): Promise<DialerNow[]> {
  const found = await campaigns.dialling(tenant, connection);
  return found.map(({ id, name, onTheLine }) => ({
    number: stableNumber('campaign', id),
    name,
    code: '',
    calls: onTheLine,
  }));
}
