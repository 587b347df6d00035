import {
  AppError,
  countryOfNumber,
  instant,
  orderOfLead,
  type Actor,
  type AgentId,
  type CampaignId,
  type LeadId,
  type TenantId,
  type WorkerPhone,
} from '#domain';
import type {
  CampaignRepository,
  DispositionRepository,
  LeadRecord,
  LeadRepository,
  PreviewRepository,
} from '#db';
import type { Clock } from '#platform';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { readTime } from '../http/time-text.js';
import { orderDto, taken } from '../orders/order-desk.js';
import type { OrderDto } from '../orders/order.dto.js';
import { ownPhone } from '../orders/own-phone.js';
import type { PlaceOrder } from '../orders/place-order.js';
import { leadDto } from './lead-desk.js';
import type { LeadDto } from './lead.dto.js';
import type { OwnCampaignsDto, OwnDialDto, OwnDispositionDto, OwnSkipDto } from './own-lead.dto.js';

export interface OwnLeadDeskParts {
  campaigns: Pick<CampaignRepository, 'get'>;
  leads: Pick<LeadRepository, 'get'>;
  dispositions: DispositionRepository;
  previews: PreviewRepository;
  placeOrder: Pick<PlaceOrder, 'place'>;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now' | 'random'>;
}

const SKIPPED_FOR_MS = 15 * 60_000;

/** Leads that agents look at before they call them. */
export class OwnLeadDesk {
  constructor(private readonly parts: OwnLeadDeskParts) {}

  async campaigns(tenant: TenantId, agentId: AgentId): Promise<OwnCampaignsDto> {
    const records = await this.parts.previews.campaignsOf(tenant, agentId);
    return {
      data: records.map(({ id, name, mode, state, settings }) => {
        const dispositions = Object.keys(settings.dispositions).sort();
        return { id, name, mode, state, dispositions };
      }),
    };
  }

  /** @throws AppError `resource.not_found`, 409 `campaign.not_preview`, `campaign.not_running`, `me.no_phone`, `lead.none` */
  async next(tenant: TenantId, agentId: AgentId, campaignId: CampaignId): Promise<LeadDto> {
    const { mode } = found(await this.parts.campaigns.get(tenant, campaignId), 'campaign');
    if (mode !== 'preview') {
      const message = `A ${mode} campaign dials by itself: nobody takes its leads.`;
      throw new AppError('conflict', 'campaign.not_preview', message);
    }
    await this.phoneIn(tenant, agentId, campaignId, {});
    const lead = await this.parts.previews.offer(tenant, campaignId, agentId);
    if (lead === undefined) throw new AppError('conflict', 'lead.none', 'Nobody is to be called now.');
    return leadDto(lead);
  }

  /** @throws AppError as `next` and as placing an order does, 409 `lead.not_offered` and `lead.held` */
  async dial(
    tenant: TenantId,
    { agentId, leadId }: { agentId: AgentId; leadId: LeadId },
    wanted: OwnDialDto,
    by: Actor,
  ): Promise<OrderDto> {
    const lead = found(await this.parts.leads.get(tenant, leadId), 'lead');
    const { campaignId } = lead;
    const campaign = found(await this.parts.campaigns.get(tenant, campaignId), 'campaign');
    const { connectionId, settings } = campaign;
    const worker = await this.phoneIn(tenant, agentId, campaignId, wanted);
    const person = { ...lead, country: countryOfNumber(lead.phone) };
    const ordered = await this.parts.placeOrder.place({
      ...{ tenant, connectionId, source: 'campaign', actor: `${by.kind}:${by.id}`, agentId },
      order: orderOfLead('preview', settings, person, worker),
      lead: { campaignId, leadId, agentId },
    });
    this.parts.ringer.ring('campaign', [campaignId]);
    return orderDto(taken(ordered));
  }

  async skip(
    tenant: TenantId,
    agentId: AgentId,
    leadId: LeadId,
    { callAgainAt }: OwnSkipDto,
  ): Promise<LeadDto> {
    const { previews, clock, ringer } = this.parts;
    const againAt = readTime(callAgainAt) ?? instant(clock.now() + SKIPPED_FOR_MS);
    const lead = await previews.skip(tenant, leadId, agentId, againAt);
    ringer.ring('campaign', [lead.campaignId]);
    return leadDto(lead);
  }

  /** @throws AppError `resource.not_found` also for a lead that is none of theirs */
  async dispose(
    tenant: TenantId,
    { agentId, leadId }: { agentId: AgentId; leadId: LeadId },
    said: OwnDispositionDto,
    by: Actor,
  ): Promise<LeadDto> {
    const lead = found(await this.parts.leads.get(tenant, leadId), 'lead');
    found((await this.isTheirs(tenant, agentId, lead)) ? lead : undefined, 'lead');
    const { dispositions, ringer, clock } = this.parts;
    const how = { settles: false, chance: clock.random() };
    const after = await dispositions.say(tenant, leadId, { ...said, ...how }, by);
    if (after.state !== lead.state) ringer.ring('campaign', [lead.campaignId]);
    return leadDto(after);
  }

  private async isTheirs(tenant: TenantId, agentId: AgentId, lead: LeadRecord): Promise<boolean> {
    if (lead.agentId === agentId) return true;
    return (await this.parts.previews.phonesIn(tenant, lead.campaignId, agentId)).length > 0;
  }

  /** The agent's phone in the campaign. @throws AppError 409 `me.no_phone`, `me.several_phones` */
  private async phoneIn(
    tenant: TenantId,
    agentId: AgentId,
    campaignId: CampaignId,
    wanted: OwnDialDto,
  ): Promise<WorkerPhone> {
    const { connectionId } = found(await this.parts.campaigns.get(tenant, campaignId), 'campaign');
    const own = await this.parts.previews.phonesIn(tenant, campaignId, agentId);
    const phones = own.map((phone) => ({ ...phone, connectionId }));
    const [first] = own;
    return ownPhone(phones, { extension: wanted.extension ?? first?.extension });
  }
}
