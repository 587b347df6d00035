/** Parts of what is done to a campaign, each in the transaction of the whole. */
import {
  AppError,
  notFound,
  type Actor,
  type CampaignId,
  type CampaignSettings,
  type CampaignState,
  type Instant,
  type TenantId,
} from '#domain';
import type { Prisma } from '../generated/client.js';
import { storableJson } from '../hot/storable-json.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { made, writeAudit, type Changes } from './audit-trail.js';
import { campaignOf, type CampaignRecord, type NewCampaign } from './campaign-record.js';
import { lockRow } from './lock-row.js';
import { dateOf } from './times.js';

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

export async function insertCampaign(
  tx: Tx,
  as: { tenant: TenantId; campaignId: CampaignId; state: CampaignState; at: Instant },
  { codeHash, sealedCode, settings, ...fields }: NewCampaign,
  by: Actor,
): Promise<CampaignRecord> {
  const { tenant, campaignId, state, at } = as;
  const row = await tx.campaign.create({
    data: {
      ...fields,
      id: campaignId,
      tenantId: tenant,
      state,
      codeHash: Buffer.from(codeHash),
      sealedCode,
      settings: jsonOf(settings),
      ...(state === 'running' && { dueAt: dateOf(at) }),
      createdAt: dateOf(at),
      updatedAt: dateOf(at),
      stateAt: dateOf(at),
    },
  });
  const action = 'campaign.created';
  const changes = made({ ...fields, settings });
  await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: campaignId, changes });
  return campaignOf(row);
}

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

export function clearLeads(tx: Tx, tenant: TenantId, campaignId: CampaignId, at: Instant): Promise<number> {
  return tx.$executeRaw`
    UPDATE campaign_lead SET state = 'removed', next_at = NULL, retry_at = NULL, gate = NULL, updated_at = ${dateOf(at)}
    WHERE campaign_id = ${campaignId}::uuid AND tenant_id = ${tenant}::uuid AND state IN ('waiting', 'offered')`;
}

export function cannot(from: CampaignState, to: CampaignState): AppError {
  return new AppError('conflict', 'campaign.state', `A ${from} campaign cannot become ${to}.`, {
    details: { state: from },
  });
}

export function jsonOf(settings: CampaignSettings): Prisma.InputJsonObject {
  return JSON.parse(storableJson(settings)) as Prisma.InputJsonObject;
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
