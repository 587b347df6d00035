import {
  AppError,
  notFound,
  type CampaignId,
  type Instant,
  type LeadId,
  type LeadState,
  type TenantId,
} from '#domain';
import type { Tx } from '../tenancy/tenant-scope.js';
import { leadOf, type LeadRecord } from './lead-record.js';
import { dateOf } from './times.js';

export async function findLead(tx: Tx, tenant: TenantId, leadId: LeadId): Promise<LeadRecord | undefined> {
  const row = await tx.campaignLead.findFirst({ where: { id: leadId, tenantId: tenant } });
  return row === null ? undefined : leadOf(row);
}

/** @throws AppError `resource.not_found` */
export async function lockLead(tx: Tx, tenant: TenantId, leadId: LeadId): Promise<LeadRecord> {
  await tx.$queryRaw`
    SELECT 1 FROM campaign_lead WHERE id = ${leadId}::uuid AND tenant_id = ${tenant}::uuid FOR UPDATE`;
  const lead = await findLead(tx, tenant, leadId);
  if (lead === undefined) throw notFound('lead');
  return lead;
}

/** Has the dialer look at the campaign. @throws AppError `resource.not_found` also for a deleted one */
export async function wakeCampaign(
  tx: Tx,
  tenant: TenantId,
  campaignId: CampaignId,
  now: Instant,
): Promise<void> {
  const { count } = await tx.campaign.updateMany({
    where: { id: campaignId, tenantId: tenant, state: { not: 'deleted' } },
    data: { dueAt: dateOf(now) },
  });
  if (count === 0) throw notFound('campaign');
}

export function leadCannot(from: LeadState, to: LeadState): AppError {
  return new AppError('conflict', 'lead.state', `A lead that is ${from} cannot become ${to}.`, {
    details: { state: from },
  });
}

export function isOpenAlready(): AppError {
  const message = 'This number is on the list again already, by another lead.';
  return new AppError('conflict', 'lead.duplicate', message);
}
