/** Parts of what is done to campaigns, each of a transaction. */
import { notFound, type Actor, type CampaignId, type Instant, type TenantId } from '#domain';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { writeAudit, type Changes } from './audit-trail.js';
import { campaignOf, type CampaignRecord } from './campaign-record.js';
import { lockRow } from './lock-row.js';
import { dateOf } from './times.js';

export async function findCampaign(
  tx: Tx,
  tenant: TenantId,
  campaignId: CampaignId,
): Promise<CampaignRecord | undefined> {
  const row = await tx.campaign.findFirst({ where: { id: campaignId, tenantId: tenant } });
  return row === null ? undefined : campaignOf(row);
}

/** @throws AppError `resource.not_found` also for a deleted one, `resource.changed` */
export async function lockCampaign(
  tx: Tx,
  tenant: TenantId,
  campaignId: CampaignId,
): Promise<CampaignRecord> {
  if (!(await lockRow(tx, 'campaign', tenant, campaignId))) throw notFound('campaign');
  const campaign = await findCampaign(tx, tenant, campaignId);
  if (campaign === undefined || campaign.state === 'deleted') throw notFound('campaign');
  return campaign;
}

interface MembersChange {
  count: number;
  changes: Changes;
}

/** Changes who the members are; where any are others then, it is audited, and the dialer looks at the campaign. */
export function changeMembers(
  scope: TenantScope,
  { tenant, campaignId, by, at }: { tenant: TenantId; campaignId: CampaignId; by: Actor; at: Instant },
  work: (tx: Tx) => Promise<MembersChange>,
): Promise<number> {
  return scope.forTenant(tenant, async (tx) => {
    await lockCampaign(tx, tenant, campaignId);
    const { count, changes } = await work(tx);
    if (count === 0) return 0;
    const times = { dueAt: dateOf(at), updatedAt: dateOf(at) };
    await tx.campaign.update({ where: { id: campaignId }, data: times });
    const action = 'campaign.members_changed';
    await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: campaignId, changes });
    return count;
  });
}

/** @returns how many are new */
export async function insertMembers(
  tx: Tx,
  { tenant, campaignId, at }: { tenant: TenantId; campaignId: CampaignId; at: Instant },
  extensions: readonly string[],
): Promise<number> {
  const { count } = await tx.campaignMember.createMany({
    data: [...new Set(extensions)].map((extension) => ({
      campaignId,
      extension,
      tenantId: tenant,
      createdAt: dateOf(at),
    })),
    skipDuplicates: true,
  });
  return count;
}
