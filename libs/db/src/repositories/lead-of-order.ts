/** The lead that an order is for, as parts of the transaction that writes the order. */
import {
  AppError,
  mayDial,
  notFound,
  questionOfLead,
  type AgentId,
  type CampaignId,
  type DialGate,
  type Instant,
  type LeadId,
  type TenantId,
} from '#domain';
import { Prisma } from '../generated/client.js';
import { factsOf } from '../hot/campaign/campaign-rows.js';
import { facts } from '../hot/campaign/campaign-sql.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import { findCampaign } from './campaign-steps.js';
import { leadOf } from './lead-record.js';
import { dateOf } from './times.js';

/** A lead that an agent was offered, and now calls. */
export interface LeadOfOrder {
  campaignId: CampaignId;
  leadId: LeadId;
  agentId: AgentId;
}

/**
 * Judges the lead once more and keeps its row locked: until the order is written nobody else has it.
 *
 * @throws AppError `resource.not_found`, 409 `lead.not_offered` where the agent has it no more, 409 `lead.held` by a rule
 */
export async function judgeLead(
  tx: Tx,
  tenant: TenantId,
  { campaignId, leadId, agentId }: LeadOfOrder,
  now: Instant,
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM campaign_lead WHERE id = ${leadId}::uuid AND tenant_id = ${tenant}::uuid FOR UPDATE`;
  const row = await tx.campaignLead.findFirst({ where: { id: leadId, campaignId, tenantId: tenant } });
  const campaign = await findCampaign(tx, tenant, campaignId);
  if (row === null || campaign === undefined) throw notFound('lead');
  const lead = leadOf(row);
  if (lead.state !== 'offered' || lead.agentId !== agentId) throw notOffered();
  const [known] = await tx.$queryRaw<[Record<string, unknown>]>`
    SELECT ${Prisma.raw(facts('l'))} FROM campaign_lead l WHERE l.id = ${leadId}::uuid AND l.tenant_id = ${tenant}::uuid`;
  const question = questionOfLead(campaign, { ...lead, notBefore: lead.retryAt }, factsOf(known), now);
  const verdict = mayDial(question);
  if (!verdict.may) throw heldBack(verdict.gate, verdict.reason, verdict.nextAt);
}

/** It is being called, and the dialer looks what becomes of it. */
export async function leadIsDialled(
  tx: Tx,
  tenant: TenantId,
  { campaignId, leadId }: LeadOfOrder,
  now: Instant,
): Promise<void> {
  await tx.campaignLead.updateMany({
    where: { id: leadId, tenantId: tenant },
    data: {
      ...{ state: 'dialling', nextAt: null, retryAt: null, gate: null, reason: null },
      ...{ lastAt: dateOf(now), updatedAt: dateOf(now) },
    },
  });
  await tx.campaign.updateMany({
    where: { id: campaignId, tenantId: tenant },
    data: { dueAt: dateOf(now) },
  });
}

export function notOffered(): AppError {
  const message = 'This lead is not offered to you, or not any more: take the next one.';
  return new AppError('conflict', 'lead.not_offered', message);
}

function heldBack(gate: DialGate, reason: string, nextAt: Instant | null): AppError {
  const details = { gate, nextAt: nextAt === null ? null : new Date(nextAt).toISOString() };
  return new AppError('conflict', 'lead.held', reason, { details });
}
