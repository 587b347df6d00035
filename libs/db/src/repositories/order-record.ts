import {
  id,
  type AgentId,
  type CampaignId,
  type ConnectionId,
  type Instant,
  type LeadId,
  type Order,
  type OrderId,
  type OrderKind,
  type OrderSource,
  type OrderState,
  type TenantId,
  type TryResult,
} from '#domain';
import type { DialAttempt as Row } from '../generated/client.js';
import { instantOf, instantOrNull } from './times.js';

/** An order and what became of it. */
export interface OrderRecord {
  id: OrderId;
  tenantId: TenantId;
  connectionId: ConnectionId;
  source: OrderSource;
  actor: string;
  agentId: AgentId | null;
  kind: OrderKind;
  /** Under the form that stands for all forms of the number; null for calls inside. */
  phone: string | null;
  order: Order;
  state: OrderState;
  vendorCallId: string | null;
  reason: string | null;
  /** The PBX's own word for it. */
  code: string | null;
  sentAt: Instant;
  settledAt: Instant | null;
  endedAt: Instant | null;
  /** Whose it is, where it is a campaign's, and what its call came to, as the lead was told. */
  campaignId: CampaignId | null;
  leadId: LeadId | null;
  result: TryResult | null;
}

export function orderRecordOf(row: Row): OrderRecord {
  return {
    id: id<OrderId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    connectionId: id<ConnectionId>(row.connectionId),
    source: row.source as OrderSource,
    actor: row.actor,
    agentId: row.agentId === null ? null : id<AgentId>(row.agentId),
    kind: row.kind as OrderKind,
    phone: row.phone,
    order: row.request as unknown as Order,
    state: row.state as OrderState,
    vendorCallId: row.vendorCallId,
    reason: row.reason,
    code: row.code,
    sentAt: instantOf(row.sentAt),
    settledAt: instantOrNull(row.settledAt),
    endedAt: instantOrNull(row.endedAt),
    campaignId: row.campaignId === null ? null : id<CampaignId>(row.campaignId),
    leadId: row.leadId === null ? null : id<LeadId>(row.leadId),
    result: row.result as TryResult | null,
  };
}
