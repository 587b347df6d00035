import {
  OPEN_ORDER_STATES,
  campaignMayBecome,
  type Actor,
  type CampaignId,
  type CampaignSettings,
  type CampaignState,
  type ConnectionId,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import { ringLive, writeCampaignLive } from '../live/tell-live.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, writeAudit } from './audit-trail.js';
import { campaignOf, type CampaignRecord, type NewCampaign } from './campaign-record.js';
import { assertConnection, lockConnection } from './connection-steps.js';
import {
  cannot,
  changeMembers,
  clearLeads,
  findCampaign,
  insertCampaign,
  insertMembers,
  jsonOf,
  lockCampaign,
} from './campaign-steps.js';
import { given } from './given.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf } from './times.js';

export interface CampaignPatch {
  name?: string | undefined;
  /** Or what becomes of those that there are, however many change them at once. */
  settings?: CampaignSettings | ((before: CampaignSettings) => CampaignSettings) | undefined;
}

/** Leads by their state, and what is still on the line. */
export interface CampaignCounts {
  waiting: number;
  offered: number;
  dialling: number;
  done: number;
  givenUp: number;
  invalid: number;
  removed: number;
  /** Of those that wait; 0 where none does. */
  maxPriority: number;
  minPriority: number;
}

/** A campaign whose state was changed. */
export interface CampaignTurned {
  campaign: CampaignRecord;
  /** Calls that ring or are talked on: pausing and stopping end none of them. */
  onTheLine: number;
}

/** Campaigns, and for whom they call. Whatever changes one has the dialer look at it. */
export class CampaignRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** It is stopped as it is made. @throws AppError `resource.not_found` for the connection */
  create(tenant: TenantId, campaignId: CampaignId, draft: NewCampaign, by: Actor): Promise<CampaignRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await assertConnection(tx, tenant, draft.connectionId);
      return insertCampaign(tx, { tenant, campaignId, state: 'stopped', at }, draft, by);
    });
  }

  get(tenant: TenantId, campaignId: CampaignId): Promise<CampaignRecord | undefined> {
    return this.scope.forTenant(tenant, (tx) => findCampaign(tx, tenant, campaignId));
  }

  /** Latest first. @param filter.state  left out: all but the deleted ones */
  list(
    tenant: TenantId,
    { connectionId, state }: { connectionId?: ConnectionId | undefined; state?: CampaignState | undefined },
    ask: PageAsk,
  ): Promise<Page<CampaignRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = {
        ...olderThan(ask),
        tenantId: tenant,
        state: state ?? { not: 'deleted' },
        ...(connectionId && { connectionId }),
      };
      const rows = await tx.campaign.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: campaignOf, key: (row) => row.id });
    });
  }

  /**
   * Other rules hold from the next call on: leads that the ones before held back are judged anew.
   * @throws AppError `resource.not_found`, `resource.changed`
   */
  patch(
    tenant: TenantId,
    campaignId: CampaignId,
    { name, settings: other }: CampaignPatch,
    by: Actor,
  ): Promise<CampaignRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      if (other !== undefined) await judgeAnew(tx, tenant, campaignId);
      const before = await lockCampaign(tx, tenant, campaignId);
      const settings = typeof other === 'function' ? other(before.settings) : other;
      const fields = given({ name, settings });
      const changes = differences(before, { ...before, ...fields });
      if (Object.keys(changes).length === 0) return before;
      const row = await tx.campaign.update({
        where: { id: campaignId },
        data: {
          ...(name !== undefined && { name }),
          ...(settings && { settings: jsonOf(settings) }),
          version: { increment: 1 },
          updatedAt: dateOf(at),
          dueAt: dateOf(at),
        },
      });
      const action = 'campaign.changed';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: campaignId, changes });
      return campaignOf(row);
    });
  }

  /**
   * Starts, pauses, stops or deletes it. One that is so already stays as it is. Of a deleted one the leads that wait are removed.
   * @throws AppError `resource.not_found`, 409 `campaign.state`
   */
  async turn(
    tenant: TenantId,
    campaignId: CampaignId,
    to: CampaignState,
    by: Actor,
  ): Promise<CampaignTurned> {
    const at = this.clock.now();
    const { isHeard, ...turned } = await this.scope.forTenant(tenant, async (tx) => {
      if (to === 'deleted') await clearLeads(tx, tenant, campaignId, at);
      const before = await lockCampaign(tx, tenant, campaignId);
      if (before.state !== to) {
        if (!campaignMayBecome(before.state, to)) throw cannot(before.state, to);
        const times = { stateAt: dateOf(at), updatedAt: dateOf(at), dueAt: dateOf(at) };
        await tx.campaign.update({ where: { id: campaignId }, data: { state: to, ...times } });
        const changes = { state: { from: before.state, to } };
        const action = `campaign.${to}`;
        await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: campaignId, changes });
      }
      const onTheLine = await tx.dialAttempt.count({
        where: { campaignId, owed: true, tenantId: tenant, state: { in: [...OPEN_ORDER_STATES] } },
      });
      const campaign = (await findCampaign(tx, tenant, campaignId)) ?? before;
      const isHeard = before.state !== to && (await writeCampaignLive(tx, tenant, campaignId));
      return { campaign, onTheLine, isHeard };
    });
    if (isHeard) await ringLive(this.scope, tenant);
    return turned;
  }

  /** Another code: whoever shows the one before is not let in any more. @throws AppError `resource.not_found` */
  recode(
    tenant: TenantId,
    campaignId: CampaignId,
    { codeHash, sealedCode }: Pick<NewCampaign, 'codeHash' | 'sealedCode'>,
    by: Actor,
  ): Promise<CampaignRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      await lockCampaign(tx, tenant, campaignId);
      const row = await tx.campaign.update({
        where: { id: campaignId },
        data: { codeHash: Buffer.from(codeHash), sealedCode, updatedAt: dateOf(at) },
      });
      const action = 'campaign.code_changed';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: campaignId, changes: {} });
      return campaignOf(row);
    });
  }

  /** Takes out whoever waits to be called. @returns how many. @throws AppError `resource.not_found` */
  clear(tenant: TenantId, campaignId: CampaignId, by: Actor): Promise<number> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const count = await clearLeads(tx, tenant, campaignId, at);
      await lockCampaign(tx, tenant, campaignId);
      const changes = { leads: { from: count, to: 0 } };
      const action = 'campaign.cleared';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: campaignId, changes });
      return count;
    });
  }

  counts(tenant: TenantId, campaignId: CampaignId): Promise<CampaignCounts> {
    return this.scope.forTenant(tenant, async (tx) => {
      const [row] = await tx.$queryRaw<[CampaignCounts]>`
        SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting, count(*) FILTER (WHERE state = 'offered')::int AS offered,
          count(*) FILTER (WHERE state = 'dialling')::int AS dialling, count(*) FILTER (WHERE state = 'done')::int AS done,
          count(*) FILTER (WHERE state = 'given_up')::int AS "givenUp", count(*) FILTER (WHERE state = 'invalid')::int AS invalid,
          count(*) FILTER (WHERE state = 'removed')::int AS removed,
          coalesce(max(priority) FILTER (WHERE state = 'waiting'), 0) AS "maxPriority",
          coalesce(min(priority) FILTER (WHERE state = 'waiting'), 0) AS "minPriority"
        FROM campaign_lead WHERE campaign_id = ${campaignId}::uuid AND tenant_id = ${tenant}::uuid`;
      return row;
    });
  }

  /** The PBX's words of the members' phones, in the order in which they were added. */
  members(tenant: TenantId, campaignId: CampaignId): Promise<string[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.campaignMember.findMany({
        where: { campaignId, tenantId: tenant },
        orderBy: [{ createdAt: 'asc' }, { extension: 'asc' }],
      });
      return rows.map(({ extension }) => extension);
    });
  }

  /** @returns how many are new. @throws AppError `resource.not_found` */
  addMembers(
    tenant: TenantId,
    campaignId: CampaignId,
    extensions: readonly string[],
    by: Actor,
  ): Promise<number> {
    const at = this.clock.now();
    return changeMembers(this.scope, { tenant, campaignId, by, at }, async (tx) => {
      const count = await insertMembers(tx, { tenant, campaignId, at }, extensions);
      return { count, changes: { members: { from: null, to: [...extensions] } } };
    });
  }

  /** Those and no others are members then. @throws AppError `resource.not_found` */
  putMembers(
    tenant: TenantId,
    campaignId: CampaignId,
    extensions: readonly string[],
    by: Actor,
  ): Promise<number> {
    const at = this.clock.now();
    return changeMembers(this.scope, { tenant, campaignId, by, at }, async (tx) => {
      const gone = await tx.campaignMember.deleteMany({
        where: { campaignId, tenantId: tenant, extension: { notIn: [...extensions] } },
      });
      const come = await insertMembers(tx, { tenant, campaignId, at }, extensions);
      const changes = { members: { from: null, to: [...extensions] } };
      return { count: gone.count + come, changes };
    });
  }

  /** @returns how many were members. @throws AppError `resource.not_found` */
  removeMembers(
    tenant: TenantId,
    campaignId: CampaignId,
    extensions: readonly string[],
    by: Actor,
  ): Promise<number> {
    const at = this.clock.now();
    return changeMembers(this.scope, { tenant, campaignId, by, at }, async (tx) => {
      const { count } = await tx.campaignMember.deleteMany({
        where: { campaignId, tenantId: tenant, extension: { in: [...extensions] } },
      });
      return { count, changes: { members: { from: [...extensions], to: null } } };
    });
  }

  /**
   * The campaign by which a queue's callbacks are made; where there is none the draft becomes it, running.
   * @throws AppError `resource.not_found` for the connection
   */
  callbacksOf(
    tenant: TenantId,
    campaignId: CampaignId,
    { members, ...draft }: NewCampaign & { members: readonly string[] },
    by: Actor,
  ): Promise<CampaignRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      // One after the other, or two that come at once would make two.
      await lockConnection(tx, tenant, draft.connectionId);
      const known = await tx.campaign.findFirst({
        where: {
          connectionId: draft.connectionId,
          mode: 'callback',
          state: { not: 'deleted' },
          settings: { path: ['queue'], equals: draft.settings.queue ?? '' },
          tenantId: tenant,
        },
        orderBy: { id: 'asc' },
      });
      if (known !== null) return campaignOf(known);
      const made = await insertCampaign(tx, { tenant, campaignId, state: 'running', at }, draft, by);
      await tx.campaignMember.createMany({
        data: members.map((extension) => ({
          campaignId,
          extension,
          tenantId: tenant,
          createdAt: dateOf(at),
        })),
      });
      return made;
    });
  }

  /** Whose code this is; undefined for nobody's, or a deleted campaign's. @param hashes  by each key that may have made it */
  byCode(hashes: readonly Uint8Array[]): Promise<CampaignRecord | undefined> {
    return this.scope.forOperator(async (tx) => {
      const row = await tx.campaign.findFirst({
        where: { codeHash: { in: hashes.map((hash) => Buffer.from(hash)) }, state: { not: 'deleted' } },
      });
      return row === null ? undefined : campaignOf(row);
    });
  }
}

/** Leads before their campaign: in this order everybody locks them. */
function judgeAnew(tx: Tx, tenant: TenantId, campaignId: CampaignId): Promise<number> {
  return tx.$executeRaw`
    UPDATE campaign_lead SET next_at = retry_at, gate = NULL, reason = NULL
    WHERE campaign_id = ${campaignId}::uuid AND tenant_id = ${tenant}::uuid AND state = 'waiting' AND next_at > retry_at`;
}
