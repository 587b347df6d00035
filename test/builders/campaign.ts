import { randomBytes } from 'node:crypto';
import {
  DEFAULT_CAMPAIGN_SETTINGS,
  numberKey,
  type AgentId,
  type AgentStanding,
  type CampaignId,
  type CampaignMode,
  type CampaignSettings,
  type CampaignState,
  type LeadId,
  type TenantId,
  type WeeklyHours,
} from '#domain';
import { newId } from '#platform';
import type { TestConnection } from '../harness/tenant.js';
import type { Sql } from '../harness/world.js';

type Owner = Pick<TestConnection, 'id' | 'tenantId'>;

const ALL_DAY: WeeklyHours['mon'] = [['00:00', '24:00']];
/** Whatever the clock says. */
export const ALWAYS: WeeklyHours = {
  ...{ mon: ALL_DAY, tue: ALL_DAY, wed: ALL_DAY, thu: ALL_DAY, fri: ALL_DAY, sat: ALL_DAY, sun: ALL_DAY },
};

export interface CampaignTraits {
  mode?: CampaignMode;
  state?: CampaignState;
  settings?: Partial<Omit<CampaignSettings, 'rules'>>;
  rules?: Partial<CampaignSettings['rules']>;
  /** PBX's words of phones; each is made an agent's, who is logged in. */
  members?: readonly string[];
}

/** A campaign that may dial at any time of the day. */
export async function makeCampaign(
  sql: Sql,
  connection: Owner,
  { mode = 'progressive', state = 'running', settings = {}, rules = {}, members = [] }: CampaignTraits = {},
): Promise<CampaignId> {
  const campaignId = newId<CampaignId>();
  const all = {
    ...DEFAULT_CAMPAIGN_SETTINGS,
    queue: 'sales',
    ...settings,
    rules: { ...DEFAULT_CAMPAIGN_SETTINGS.rules, windows: ALWAYS, zone: 'UTC', ...rules },
  };
  await sql.rows(
    `INSERT INTO campaign (id, tenant_id, connection_id, name, mode, state, code_hash, sealed_code, settings, due_at, created_at,
                           updated_at, state_at)
     VALUES ($1, $2, $3, 'Spring', $4, $5, $6, '', $7, now(), now(), now(), now())`,
    [campaignId, connection.tenantId, connection.id, mode, state, randomBytes(32), JSON.stringify(all)],
  );
  for (const extension of members) {
    await makeWorker(sql, connection, extension);
    await sql.rows(
      `INSERT INTO campaign_member (campaign_id, extension, tenant_id, created_at) VALUES ($1, $2, $3, now())`,
      [campaignId, extension, connection.tenantId],
    );
  }
  return campaignId;
}

/** Whose phone it is, and what they said of themselves. */
export async function makeWorker(
  sql: Sql,
  connection: Owner,
  extension: string,
  standing: AgentStanding | null = 'available',
): Promise<AgentId> {
  const agentId = newId<AgentId>();
  await sql.rows(
    `INSERT INTO agent (id, tenant_id, name, created_at, updated_at) VALUES ($1, $2, $3, now(), now())`,
    [agentId, connection.tenantId, `Agent ${extension}`],
  );
  await sql.rows(
    `INSERT INTO extension (id, tenant_id, connection_id, number, aliases, agent_id, created_at, updated_at)
     VALUES ($1, $2, $3, $4, '{}', $5, now(), now())`,
    [newId(), connection.tenantId, connection.id, extension, agentId],
  );
  if (standing !== null) await setStanding(sql, connection, agentId, standing);
  return agentId;
}

export async function setStanding(
  sql: Sql,
  connection: Owner,
  agentId: AgentId,
  standing: AgentStanding,
): Promise<void> {
  await sql.rows(
    `INSERT INTO agent_state (agent_id, tenant_id, connection_id, standing, status, since, actor)
     VALUES ($1, $2, $3, $4, 1, now() - interval '1 h', 'test')
     ON CONFLICT (agent_id) DO UPDATE SET standing = EXCLUDED.standing`,
    [agentId, connection.tenantId, connection.id, standing],
  );
}

export interface LeadTraits {
  priority?: number;
  dueInMs?: number;
  callerId?: string | null;
  customData?: Record<string, string>;
  attempts?: number;
  zone?: string | null;
}

/** Somebody who is to be called now. @param phone  E.164 */
export async function makeLead(
  sql: Sql,
  { tenantId, campaignId }: { tenantId: TenantId; campaignId: CampaignId },
  phone: string,
  traits: LeadTraits = {},
): Promise<LeadId> {
  const leadId = newId<LeadId>();
  await sql.rows(
    `INSERT INTO campaign_lead (id, tenant_id, campaign_id, phone, key, priority, caller_id, custom_data, attempts, zone, state,
                                retry_at, next_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', now() + $11::float8 * interval '1 ms',
             now() + $11::float8 * interval '1 ms', now(), now())`,
    [
      ...[leadId, tenantId, campaignId, phone, numberKey(phone), traits.priority ?? 0],
      ...[traits.callerId ?? null, JSON.stringify(traits.customData ?? {}), traits.attempts ?? 0],
      ...[traits.zone ?? null, traits.dueInMs ?? -1_000],
    ],
  );
  return leadId;
}
