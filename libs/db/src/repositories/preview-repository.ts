import {
  AppError,
  id,
  instant,
  judgedAgainAt,
  mayDial,
  notFound,
  questionOfLead,
  type AgentId,
  type CampaignId,
  type DialGate,
  type Instant,
  type LeadId,
  type LeadState,
  type TenantId,
  type WorkerPhone,
} from '#domain';
import type { Clock } from '#platform';
import { Prisma } from '../generated/client.js';
import { factsOf } from '../hot/campaign/campaign-rows.js';
import { TAKE_BACK_OFFERS, facts } from '../hot/campaign/campaign-sql.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { campaignOf, type CampaignRecord } from './campaign-record.js';
import { findCampaign } from './campaign-steps.js';
import { notOffered } from './lead-of-order.js';
import { leadOf, type LeadRecord } from './lead-record.js';
import { dateOf } from './times.js';

/** Leads that are judged for one offer: rules hold some of them back. */
const MOST_JUDGED = 50;
const MOST_ROUNDS = 10;
/** Somebody else's order has the number: it is over soon. */
const OPEN_CALL_WAIT_MS = 60_000;
const MOST_CAMPAIGNS = 200;

/** What agents see of campaigns: those that call for them, and the lead that is theirs to decide about. */
export class PreviewRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Campaigns of which one of the agent's phones is a member, deleted ones left out; latest first. */
  campaignsOf(tenant: TenantId, agentId: AgentId): Promise<CampaignRecord[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const found = await tx.$queryRaw<{ id: string }[]>`
        SELECT DISTINCT c.id FROM campaign c
        JOIN extension e ON e.connection_id = c.connection_id AND e.agent_id = ${agentId}::uuid AND e.tenant_id = c.tenant_id
        JOIN campaign_member m ON m.campaign_id = c.id AND (m.extension = e.number OR m.extension = ANY(e.aliases))
        WHERE c.tenant_id = ${tenant}::uuid AND c.state <> 'deleted'`;
      const rows = await tx.campaign.findMany({
        where: { id: { in: found.map((row) => row.id) }, tenantId: tenant },
        orderBy: { id: 'desc' },
        take: MOST_CAMPAIGNS,
      });
      return rows.map(campaignOf);
    });
  }

  /** The agent's phones that are members of a campaign, as the campaign names them, each once. */
  phonesIn(tenant: TenantId, campaignId: CampaignId, agentId: AgentId): Promise<WorkerPhone[]> {
    return this.scope.forTenant(
      tenant,
      (tx) => tx.$queryRaw<WorkerPhone[]>`
        SELECT DISTINCT ON (m.extension) m.extension, e.caller_id AS "callerId" FROM campaign_member m JOIN campaign c ON c.id = m.campaign_id
        JOIN extension e ON e.connection_id = c.connection_id AND e.agent_id = ${agentId}::uuid AND e.tenant_id = c.tenant_id
          AND (m.extension = e.number OR m.extension = ANY(e.aliases))
        WHERE m.campaign_id = ${campaignId}::uuid AND m.tenant_id = ${tenant}::uuid
        ORDER BY m.extension, e.id`,
    );
  }

  /**
   * The lead that an agent is to decide about: the one that they have already, or the next one that every rule lets be called. Those
   * that a rule holds back are kept with the reason. For five minutes nobody else is offered it. Undefined where none is due.
   *
   * @throws AppError `resource.not_found`, 409 `campaign.not_running`
   */
  offer(tenant: TenantId, campaignId: CampaignId, agentId: AgentId): Promise<LeadRecord | undefined> {
    const now = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const campaign = await findCampaign(tx, tenant, campaignId);
      if (campaign === undefined) throw notFound('campaign');
      if (campaign.state !== 'running') throw notRunning(campaign);
      const own = await ownOffer(tx, campaign, agentId);
      if (own !== undefined) return giveTo(tx, own, agentId, now);
      await takeBackOffers(tx, campaign);
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const due = await takeDue(tx, campaign, now);
        const next = await firstThatMay(tx, campaign, due, now);
        if (next !== undefined) return giveTo(tx, next, agentId, now);
        if (due.length < MOST_JUDGED) break;
      }
      return undefined;
    });
  }

  /** The agent does not want to call them now. @throws AppError `resource.not_found`, 409 `lead.not_offered` */
  skip(tenant: TenantId, leadId: LeadId, agentId: AgentId, againAt: Instant): Promise<LeadRecord> {
    const now = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await tx.campaignLead.findFirst({ where: { id: leadId, tenantId: tenant } });
      if (before === null) throw notFound('lead');
      const { count } = await tx.campaignLead.updateMany({
        where: { id: leadId, tenantId: tenant, state: 'offered', agentId },
        data: {
          ...{ state: 'waiting', agentId: null, updatedAt: dateOf(now) },
          ...{ nextAt: dateOf(againAt), retryAt: dateOf(againAt) },
        },
      });
      if (count === 0) throw notOffered();
      return leadOf(await tx.campaignLead.findFirstOrThrow({ where: { id: leadId, tenantId: tenant } }));
    });
  }
}

async function ownOffer(tx: Tx, campaign: CampaignRecord, agentId: AgentId): Promise<LeadId | undefined> {
  const row = await tx.campaignLead.findFirst({
    where: { campaignId: campaign.id, tenantId: campaign.tenantId, state: 'offered', agentId },
  });
  return row === null ? undefined : id<LeadId>(row.id);
}

/** Whoever went home with one has not got it for ever. The dialer does the same, but looks at a preview only when it has something to do. */
async function takeBackOffers(tx: Tx, { id: campaignId, tenantId }: CampaignRecord): Promise<void> {
  await tx.$executeRaw`
    ${Prisma.raw(TAKE_BACK_OFFERS)} AND campaign_id = ${campaignId}::uuid AND tenant_id = ${tenantId}::uuid`;
}

async function takeDue(
  tx: Tx,
  { id: campaignId, tenantId }: CampaignRecord,
  now: Instant,
): Promise<LeadId[]> {
  const rows = await tx.$queryRaw<{ id: LeadId }[]>`
    SELECT id FROM campaign_lead WHERE campaign_id = ${campaignId}::uuid AND tenant_id = ${tenantId}::uuid AND state = 'waiting'
      AND next_at <= ${dateOf(now)} ORDER BY priority DESC, next_at LIMIT ${MOST_JUDGED}::int FOR UPDATE SKIP LOCKED`;
  return rows.map((row) => row.id);
}

/** Holds back those before it. @param due  in the order in which they are called */
async function firstThatMay(
  tx: Tx,
  campaign: CampaignRecord,
  due: readonly LeadId[],
  now: Instant,
): Promise<LeadId | undefined> {
  for (const leadId of due) {
    const row = await tx.campaignLead.findFirstOrThrow({
      where: { id: leadId, tenantId: campaign.tenantId },
    });
    const lead = leadOf(row);
    const [known] = await tx.$queryRaw<[Record<string, unknown>]>`
      SELECT ${Prisma.raw(facts('l'))} FROM campaign_lead l WHERE l.id = ${leadId}::uuid`;
    const its = factsOf(known);
    const held = its.isOpen ? openCall(now) : heldBy(campaign, lead, its, now);
    if (held === undefined) return leadId;
    await holdBack(tx, leadId, held, now);
  }
  return undefined;
}

interface Held {
  gate: DialGate | 'open_call';
  reason: string;
  nextAt: Instant | null;
}

function openCall(now: Instant): Held {
  const reason = 'Another order calls this number, or its call is not over.';
  return { gate: 'open_call', reason, nextAt: instant(now + OPEN_CALL_WAIT_MS) };
}

function heldBy(
  campaign: CampaignRecord,
  lead: LeadRecord,
  its: ReturnType<typeof factsOf>,
  now: Instant,
): Held | undefined {
  const question = questionOfLead(campaign, { ...lead, notBefore: lead.retryAt }, its, now);
  const verdict = mayDial(question);
  return verdict.may ? undefined : { ...verdict, nextAt: judgedAgainAt(question, verdict) };
}

async function holdBack(tx: Tx, leadId: LeadId, { gate, reason, nextAt }: Held, now: Instant): Promise<void> {
  const over = gate === 'number' ? 'invalid' : 'given_up';
  const state: LeadState = nextAt === null ? over : 'waiting';
  await tx.campaignLead.update({
    where: { id: leadId },
    data: {
      ...{ state, gate, reason, updatedAt: dateOf(now) },
      nextAt: nextAt === null ? null : dateOf(nextAt),
      ...(nextAt === null && { retryAt: null }),
    },
  });
}

async function giveTo(tx: Tx, leadId: LeadId, agentId: AgentId, now: Instant): Promise<LeadRecord> {
  const row = await tx.campaignLead.update({
    where: { id: leadId },
    data: {
      ...{ state: 'offered', agentId, nextAt: null, gate: null, reason: null },
      updatedAt: dateOf(now),
    },
  });
  return leadOf(row);
}

function notRunning({ state }: CampaignRecord): AppError {
  return new AppError('conflict', 'campaign.not_running', `The campaign is ${state}, and calls nobody.`, {
    details: { state },
  });
}
