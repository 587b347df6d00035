import {
  mayDial,
  offsetOf,
  questionOfLead,
  zonesOf,
  type CampaignId,
  type Instant,
  type LeadId,
  type TenantId,
} from '#domain';
import type { CampaignRepository, LeadFacts, LeadRecord, LeadRepository, OrderRepository, Page } from '#db';
import { csvLine, type Clock } from '#platform';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeTextOrNull } from '../http/time-text.js';
import { orderDto } from '../orders/order-desk.js';
import type { OrderPageDto } from '../orders/order.dto.js';
import type { LeadWhyDto } from './campaign-insight.dto.js';
import { leadDto } from './lead-desk.js';

export interface LeadInsightDeskParts {
  campaigns: Pick<CampaignRepository, 'get'>;
  leads: Pick<LeadRepository, 'get' | 'withFacts' | 'list'>;
  orders: Pick<OrderRepository, 'list'>;
  clock: Pick<Clock, 'now'>;
}

/** Leads that are read and written together. */
const PAGE = 1_000;
const COLUMNS = [
  ...['id', 'number', 'name', 'state', 'attempts', 'lastResult', 'lastAt', 'nextAt', 'gate', 'reason'],
  ...['disposition', 'note', 'agentId', 'priority', 'region', 'postal', 'zone', 'importId', 'createdAt'],
] as const;

/** Why a lead is not called, its calls, and all of them as a file. */
export class LeadInsightDesk {
  constructor(private readonly parts: LeadInsightDeskParts) {}

  /** @throws AppError `resource.not_found` */
  async why(tenant: TenantId, campaignId: CampaignId, leadId: LeadId): Promise<LeadWhyDto> {
    const campaign = found(await this.parts.campaigns.get(tenant, campaignId), 'campaign');
    const { lead, facts } = found(await this.factsOf(tenant, campaignId, leadId), 'lead');
    const now = this.parts.clock.now();
    const { phone, region, postal, zone } = lead;
    const zones = zonesOf({ phone, region, postal, zone }, campaign.settings.rules.zone);
    const shown = zones.map((name) => ({ zone: name, time: timeIn(name, now) }));
    // A call that goes on is why its own lead is not dialled, and says more.
    if (facts.isOpen && lead.state !== 'dialling') {
      const reason = 'Another order calls this number, or its call is not over.';
      return { may: false, gate: 'open_call', reason, nextAt: null, zones: shown };
    }
    const verdict = mayDial(questionOfLead(campaign, { ...lead, notBefore: lead.retryAt }, facts, now));
    if (verdict.may) return { may: true, gate: null, reason: MAY, nextAt: null, zones: shown };
    const { gate, reason, nextAt } = verdict;
    return { may: false, gate, reason, nextAt: timeTextOrNull(nextAt), zones: shown };
  }

  async attempts(
    tenant: TenantId,
    { campaignId, leadId }: { campaignId: CampaignId; leadId: LeadId },
    query: PageQueryDto,
  ): Promise<OrderPageDto> {
    const lead = await this.parts.leads.get(tenant, leadId);
    found(lead?.campaignId === campaignId ? lead : undefined, 'lead');
    return pageAnswer(await this.parts.orders.list(tenant, { leadId }, pageAsk(query)), orderDto);
  }

  /** All leads of a campaign as CSV, written while they are read. @throws AppError `resource.not_found` */
  async export(tenant: TenantId, campaignId: CampaignId): Promise<AsyncIterable<string>> {
    found(await this.parts.campaigns.get(tenant, campaignId), 'campaign');
    return this.rows(tenant, campaignId);
  }

  private async *rows(tenant: TenantId, campaignId: CampaignId): AsyncGenerator<string> {
    yield csvLine([...COLUMNS, 'customData']);
    let after: string | null = null;
    do {
      const ask = { limit: PAGE, after };
      const page: Page<LeadRecord> = await this.parts.leads.list(tenant, campaignId, {}, ask);
      yield page.items.map(rowOf).join('');
      after = page.next;
    } while (after !== null);
  }

  private async factsOf(
    tenant: TenantId,
    campaignId: CampaignId,
    leadId: LeadId,
  ): Promise<LeadFacts | undefined> {
    const all = await this.parts.leads.withFacts(tenant, leadId);
    return all?.lead.campaignId === campaignId ? all : undefined;
  }
}

const MAY = 'It may be called now.';

function rowOf(lead: LeadRecord): string {
  const shown = leadDto(lead) as unknown as Record<string, string | number | null>;
  const { customData } = lead;
  const own = Object.keys(customData).length === 0 ? null : JSON.stringify(customData);
  return csvLine([...COLUMNS.map((column) => shown[column] ?? null), own]);
}

function timeIn(zone: string, now: Instant): string {
  return new Date(now + offsetOf(zone, now)).toISOString().slice(11, 16);
}
