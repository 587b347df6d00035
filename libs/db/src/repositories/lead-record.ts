import {
  id,
  type AgentId,
  type CampaignId,
  type ImportId,
  type Instant,
  type LeadId,
  type LeadState,
  type TryResult,
} from '#domain';
import type { CampaignLead as Row } from '../generated/client.js';
import { instantOf, instantOrNull } from './times.js';

/** What is said of somebody to call. */
export interface LeadFields {
  /** E.164; as it came where it is no number. */
  phone: string;
  name: string | null;
  /** Higher is sooner. */
  priority: number;
  callerId: string | null;
  callerName: string | null;
  customData: Readonly<Record<string, string>>;
  region: string | null;
  postal: string | null;
  zone: string | null;
  consentAt: Instant | null;
  /** Not before; null: at once. */
  notBefore: Instant | null;
  maxTries: number | null;
}

export interface LeadRecord extends LeadFields {
  id: LeadId;
  campaignId: CampaignId;
  importId: ImportId | null;
  state: LeadState;
  attempts: number;
  /** When they are to be called by the schedule, and when they may be; null once they are not to be called any more. */
  retryAt: Instant | null;
  nextAt: Instant | null;
  /** The rule that held them back at the last look, and its sentence. */
  gate: string | null;
  reason: string | null;
  lastResult: TryResult | null;
  lastAt: Instant | null;
  agentId: AgentId | null;
  disposition: string | null;
  note: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export function leadOf(row: Row): LeadRecord {
  return {
    id: id<LeadId>(row.id),
    campaignId: id<CampaignId>(row.campaignId),
    importId: row.importId === null ? null : id<ImportId>(row.importId),
    phone: row.phone,
    name: row.name,
    priority: row.priority,
    callerId: row.callerId,
    callerName: row.callerName,
    customData: row.customData as Record<string, string>,
    region: row.region,
    postal: row.postal,
    zone: row.zone,
    consentAt: instantOrNull(row.consentAt),
    notBefore: instantOrNull(row.notBefore),
    maxTries: row.maxTries,
    state: row.state as LeadState,
    attempts: row.attempts,
    retryAt: instantOrNull(row.retryAt),
    nextAt: instantOrNull(row.nextAt),
    gate: row.gate,
    reason: row.reason,
    lastResult: row.lastResult as TryResult | null,
    lastAt: instantOrNull(row.lastAt),
    agentId: row.agentId === null ? null : id<AgentId>(row.agentId),
    disposition: row.disposition,
    note: row.note,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}
