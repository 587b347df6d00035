import {
  leadMayBecome,
  numberKey,
  type Actor,
  type CampaignId,
  type DialGate,
  type ImportId,
  type LeadHistory,
  type LeadId,
  type LeadState,
  type TenantId,
} from '#domain';
import { newId, type Clock } from '#platform';
import { Prisma } from '../generated/client.js';
import { factsOf } from '../hot/campaign/campaign-rows.js';
import { facts } from '../hot/campaign/campaign-sql.js';
import type { LeadDuplicates } from '../hot/import-store.js';
import { storableJson } from '../hot/storable-json.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { given } from './given.js';
import { isTaken } from './is-taken.js';
import { leadOf, type LeadFields, type LeadRecord } from './lead-record.js';
import { findLead, isOpenAlready, leadCannot, lockLead, wakeCampaign } from './lead-steps.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf } from './times.js';

/** A lead to add. One with a problem cannot be dialled: it is kept, with the reason. */
export interface NewLead extends LeadFields {
  problem: string | null;
}

export interface LeadFilter {
  state?: LeadState | undefined;
  /** E.164 */
  phone?: string | undefined;
  importId?: ImportId | undefined;
  disposition?: string | undefined;
  gate?: DialGate | undefined;
}

/** What was asked for the next time it is dialled; left out: as it is. */
export type LeadPatch = {
  [K in keyof Omit<LeadFields, 'phone'>]?: LeadFields[K] | undefined;
};

/** What a person decides about a lead; the words beside it stay as they are where they are left out. */
export interface LeadDecision {
  to: Extract<LeadState, 'removed' | 'done' | 'given_up' | 'waiting'>;
  disposition?: string | null | undefined;
  note?: string | null | undefined;
}

/** Why a lead is not dialled, as far as the database tells. */
export interface LeadFacts {
  lead: LeadRecord;
  facts: LeadHistory & { isOpen: boolean };
}

/** People on campaigns' lists. */
export class LeadRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * Adds leads in one statement, however many. Whoever is on the list already stays as they are.
   * @returns how many are new. @throws AppError `resource.not_found` also for a deleted campaign
   */
  add(
    tenant: TenantId,
    campaignId: CampaignId,
    leads: readonly NewLead[],
    how: { duplicates: LeadDuplicates; importId: ImportId | null },
  ): Promise<number> {
    const now = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await wakeCampaign(tx, tenant, campaignId, now);
      return tx.$executeRaw`
        INSERT INTO campaign_lead (id, tenant_id, campaign_id, import_id, phone, key, name, priority, caller_id, caller_name,
          custom_data, region, postal, zone, consent_at, not_before, max_tries, state, reason, retry_at, next_at, created_at, updated_at)
        SELECT n.id, ${tenant}::uuid, ${campaignId}::uuid, ${how.importId}::uuid, n.phone, n.key, n.name, n.priority, n.caller_id,
          n.caller_name, n.custom_data, n.region, n.postal, n.zone, to_timestamp(n.consent_at / 1000),
          to_timestamp(n.not_before / 1000), n.max_tries, CASE WHEN n.problem IS NULL THEN 'waiting' ELSE 'invalid' END, n.problem,
          due.at, due.at, ${dateOf(now)}, ${dateOf(now)}
        FROM json_to_recordset(${rowsOf(leads)}::json) AS n(id uuid, phone text, key text, name text, priority int, caller_id text,
          caller_name text, custom_data json, region text, postal text, zone text, consent_at float8, not_before float8,
          max_tries int, problem text)
        CROSS JOIN LATERAL (SELECT CASE WHEN n.problem IS NULL
          THEN coalesce(to_timestamp(n.not_before / 1000), ${dateOf(now)}) END AS at) due
        WHERE ${isNew(how.duplicates, campaignId, tenant)}
        ON CONFLICT (campaign_id, key) WHERE state IN ('waiting', 'offered', 'dialling') DO NOTHING`;
    });
  }

  get(tenant: TenantId, leadId: LeadId): Promise<LeadRecord | undefined> {
    return this.scope.forTenant(tenant, (tx) => findLead(tx, tenant, leadId));
  }

  /** With all that may stand in its way. */
  withFacts(tenant: TenantId, leadId: LeadId): Promise<LeadFacts | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const lead = await findLead(tx, tenant, leadId);
      if (lead === undefined) return undefined;
      const [row] = await tx.$queryRaw<[Record<string, unknown>]>`
        SELECT ${Prisma.raw(facts('l'))} FROM campaign_lead l WHERE l.id = ${leadId}::uuid AND l.tenant_id = ${tenant}::uuid`;
      return { lead, facts: factsOf(row) };
    });
  }

  /** Of a campaign, latest first. */
  list(
    tenant: TenantId,
    campaignId: CampaignId,
    filter: LeadFilter,
    ask: PageAsk,
  ): Promise<Page<LeadRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const { state, phone, importId, disposition, gate } = filter;
      const where = {
        ...olderThan(ask),
        campaignId,
        tenantId: tenant,
        ...(state && { state }),
        ...(phone !== undefined && { key: numberKey(phone) }),
        ...(importId && { importId }),
        ...(disposition !== undefined && { disposition }),
        ...(gate && { gate }),
      };
      const rows = await tx.campaignLead.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: leadOf, key: (row) => row.id });
    });
  }

  /** The open lead of a number; undefined where there is none. @param phone  E.164 */
  openOf(tenant: TenantId, campaignId: CampaignId, phone: string): Promise<LeadRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.campaignLead.findFirst({
        where: {
          campaignId,
          key: numberKey(phone),
          tenantId: tenant,
          state: { in: ['waiting', 'offered', 'dialling'] },
        },
      });
      return row === null ? undefined : leadOf(row);
    });
  }

  /** Those that wait, in the order in which they are called. */
  pending(tenant: TenantId, campaignId: CampaignId, most: number): Promise<LeadRecord[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.campaignLead.findMany({
        where: { campaignId, state: 'waiting', tenantId: tenant },
        orderBy: [{ priority: 'desc' }, { nextAt: 'asc' }],
        take: most,
      });
      return rows.map(leadOf);
    });
  }

  /** @throws AppError `resource.not_found` */
  patch(tenant: TenantId, leadId: LeadId, patch: LeadPatch): Promise<LeadRecord> {
    const now = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const lead = await lockLead(tx, tenant, leadId);
      const { consentAt, notBefore, customData, ...plain } = given(patch);
      const isWaiting = lead.state === 'waiting';
      const due = notBefore === undefined ? undefined : dateOf(notBefore ?? now);
      await tx.campaignLead.update({
        where: { id: leadId },
        data: {
          ...plain,
          ...(customData && { customData: JSON.parse(storableJson(customData)) as Prisma.InputJsonObject }),
          ...(consentAt !== undefined && { consentAt: consentAt === null ? null : dateOf(consentAt) }),
          ...(notBefore !== undefined && { notBefore: notBefore === null ? null : dateOf(notBefore) }),
          // Other facts, another judgement.
          ...(isWaiting && { nextAt: due ?? dateOf(lead.retryAt ?? now), gate: null, reason: null }),
          ...(isWaiting && due && { retryAt: due }),
          updatedAt: dateOf(now),
        },
      });
      await wakeCampaign(tx, tenant, lead.campaignId, now);
      return (await findLead(tx, tenant, leadId)) ?? lead;
    });
  }

  /**
   * A person's decision: taken off the list, done, given up, or back on the list.
   * @throws AppError `resource.not_found`, 409 `lead.state`, 409 `lead.duplicate` where the number waits again by another lead
   */
  turn(tenant: TenantId, leadId: LeadId, { to, ...said }: LeadDecision, by: Actor): Promise<LeadRecord> {
    const now = this.clock.now();
    const turned = this.scope.forTenant(tenant, async (tx) => {
      const before = await lockLead(tx, tenant, leadId);
      if (before.state !== to && !leadMayBecome(before.state, to)) throw leadCannot(before.state, to);
      const due =
        to === 'waiting' ? dateOf(before.state === 'waiting' ? (before.retryAt ?? now) : now) : null;
      const back = to === 'waiting' && before.state !== 'waiting';
      await tx.campaignLead.update({
        where: { id: leadId },
        data: {
          state: to,
          nextAt: due,
          retryAt: due,
          gate: null,
          reason: null,
          // Somebody wants them called again: the tries begin anew.
          ...(back && { attempts: 0, agentId: null }),
          ...given(said),
          updatedAt: dateOf(now),
        },
      });
      const changes = { state: { from: before.state, to } };
      const action = 'lead.changed';
      await writeAudit(tx, { whose: tenant, actor: by, at: now, action, subjectId: leadId, changes });
      await wakeCampaign(tx, tenant, before.campaignId, now);
      return (await findLead(tx, tenant, leadId)) ?? before;
    });
    return turned.catch((error: unknown) => {
      throw isTaken(error) ? isOpenAlready() : error;
    });
  }
}

/** Of open leads the index decides: to look them up as well would cost as much again. */
function isNew(duplicates: LeadDuplicates, campaignId: CampaignId, tenant: TenantId): Prisma.Sql {
  if (duplicates === 'open') return Prisma.sql`true`;
  const ofWhom = duplicates === 'tenant' ? Prisma.empty : Prisma.sql`AND l.campaign_id = ${campaignId}::uuid`;
  return Prisma.sql`NOT EXISTS (
    SELECT 1 FROM campaign_lead l WHERE l.key = n.key AND l.tenant_id = ${tenant}::uuid ${ofWhom})`;
}

function rowsOf(leads: readonly NewLead[]): string {
  return storableJson(
    leads.map((lead) => ({
      id: newId<LeadId>(),
      phone: lead.phone,
      key: lead.problem === null ? numberKey(lead.phone) : lead.phone,
      name: lead.name,
      priority: lead.priority,
      caller_id: lead.callerId,
      caller_name: lead.callerName,
      custom_data: lead.customData,
      region: lead.region,
      postal: lead.postal,
      zone: lead.zone,
      consent_at: lead.consentAt,
      not_before: lead.notBefore,
      max_tries: lead.maxTries,
      problem: lead.problem,
    })),
  );
}
