import {
  AppError,
  id,
  lookupNumber,
  type Actor,
  type CampaignId,
  type ImportId,
  type LeadId,
  type TenantId,
} from '#domain';
import type {
  CampaignRecord,
  CampaignRepository,
  ConnectionRepository,
  DispositionRepository,
  LeadDecision,
  LeadRecord,
  LeadRepository,
  NewLead,
} from '#db';
import type { Clock } from '#platform';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type {
  LeadDoneDto,
  LeadDto,
  LeadPageDto,
  LeadPatchDto,
  LeadQueryDto,
  LeadsAddedDto,
  NewLeadDto,
  NewLeadsDto,
} from './lead.dto.js';
import { leadOfRow, patchOf, readLeads } from './read-leads.js';

export interface LeadDeskParts {
  campaigns: Pick<CampaignRepository, 'get'>;
  connections: Pick<ConnectionRepository, 'get'>;
  leads: Pick<LeadRepository, 'add' | 'get' | 'openOf' | 'list' | 'patch' | 'turn'>;
  dispositions: DispositionRepository;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'random'>;
}

const E164 = /^\+[1-9]\d{6,14}$/;

/** People on campaigns' lists, by our own API. */
export class LeadDesk {
  constructor(private readonly parts: LeadDeskParts) {}

  /** @throws AppError `request.invalid`, `resource.not_found`, 409 `lead.duplicate` */
  async add(tenant: TenantId, campaignId: CampaignId, draft: NewLeadDto): Promise<LeadDto> {
    const { country, duplicates = 'open', ...row } = draft;
    const home = await this.countryOf(tenant, campaignId);
    const lead = leadOfRow(row, country ?? home);
    const { problem } = lead;
    if (problem !== null) throw invalidRequest([{ field: 'number', message: problem }]);
    const added = await this.write(tenant, campaignId, [lead], duplicates);
    if (added === 0) {
      const message = 'Somebody with this number is on the list already.';
      throw new AppError('conflict', 'lead.duplicate', message);
    }
    return leadDto(found(await this.parts.leads.openOf(tenant, campaignId, lead.phone), 'lead'));
  }

  async addMany(tenant: TenantId, campaignId: CampaignId, draft: NewLeadsDto): Promise<LeadsAddedDto> {
    const { duplicates = 'open', keepInvalid = true } = draft;
    const home = await this.countryOf(tenant, campaignId);
    const country = draft.country ?? home;
    const { leads, invalid, refused } = await readLeads(draft.leads, country, { keepInvalid });
    const good = leads.filter(({ problem }) => problem === null);
    const added = await this.write(tenant, campaignId, good, duplicates);
    const bad = leads.filter(({ problem }) => problem !== null);
    await this.write(tenant, campaignId, bad, duplicates);
    return { added, unchanged: good.length - added, invalid, refused };
  }

  async list(tenant: TenantId, campaignId: CampaignId, query: LeadQueryDto): Promise<LeadPageDto> {
    found(await this.parts.campaigns.get(tenant, campaignId), 'campaign');
    const { state, number, importId, disposition, gate } = query;
    const phone = number === undefined ? undefined : lookupNumber(number, '');
    // What is no number is nobody's.
    if (phone === null) return { data: [], nextCursor: null };
    const filter = {
      ...{ state, phone, disposition, gate },
      importId: importId === undefined ? undefined : id<ImportId>(importId.toLowerCase()),
    };
    return pageAnswer(await this.parts.leads.list(tenant, campaignId, filter, pageAsk(query)), leadDto);
  }

  async get(tenant: TenantId, campaignId: CampaignId, leadId: LeadId): Promise<LeadDto> {
    return leadDto(await this.leadOf(tenant, campaignId, leadId));
  }

  async patch(
    tenant: TenantId,
    campaignId: CampaignId,
    leadId: LeadId,
    patch: LeadPatchDto,
  ): Promise<LeadDto> {
    await this.leadOf(tenant, campaignId, leadId);
    const lead = await this.parts.leads.patch(tenant, leadId, patchOf(patch));
    this.ring(campaignId);
    return leadDto(lead);
  }

  async remove(tenant: TenantId, campaignId: CampaignId, leadId: LeadId, by: Actor): Promise<void> {
    await this.turn(tenant, { campaignId, leadId }, { to: 'removed' }, by);
  }

  /** @throws AppError `resource.not_found`, 409 `lead.state`, `lead.no_number` and `lead.duplicate` */
  async requeue(tenant: TenantId, campaignId: CampaignId, leadId: LeadId, by: Actor): Promise<LeadDto> {
    const { phone } = await this.leadOf(tenant, campaignId, leadId);
    if (!E164.test(phone)) {
      const message = 'Nobody can be called by this number: add the lead anew with another one.';
      throw new AppError('conflict', 'lead.no_number', message);
    }
    return leadDto(await this.turn(tenant, { campaignId, leadId }, { to: 'waiting' }, by));
  }

  async done(
    tenant: TenantId,
    { campaignId, leadId }: { campaignId: CampaignId; leadId: LeadId },
    said: LeadDoneDto,
    by: Actor,
  ): Promise<LeadDto> {
    await this.leadOf(tenant, campaignId, leadId);
    const how = { settles: true, chance: this.parts.clock.random() };
    const lead = await this.parts.dispositions.say(tenant, leadId, { ...said, ...how }, by);
    this.ring(campaignId);
    return leadDto(lead);
  }

  /** One of this campaign's. @throws AppError `resource.not_found` */
  async leadOf(tenant: TenantId, campaignId: CampaignId, leadId: LeadId): Promise<LeadRecord> {
    const lead = await this.parts.leads.get(tenant, leadId);
    return found(lead?.campaignId === campaignId ? lead : undefined, 'lead');
  }

  private async turn(
    tenant: TenantId,
    { campaignId, leadId }: { campaignId: CampaignId; leadId: LeadId },
    decision: LeadDecision,
    by: Actor,
  ): Promise<LeadRecord> {
    await this.leadOf(tenant, campaignId, leadId);
    const lead = await this.parts.leads.turn(tenant, leadId, decision, by);
    this.ring(campaignId);
    return lead;
  }

  /** @returns how many are new */
  private async write(
    tenant: TenantId,
    campaignId: CampaignId,
    leads: readonly NewLead[],
    duplicates: 'open' | 'campaign' | 'tenant',
  ): Promise<number> {
    if (leads.length === 0) return 0;
    const added = await this.parts.leads.add(tenant, campaignId, leads, { duplicates, importId: null });
    this.ring(campaignId);
    return added;
  }

  private async countryOf(tenant: TenantId, campaignId: CampaignId): Promise<string> {
    const { connectionId }: CampaignRecord = found(
      await this.parts.campaigns.get(tenant, campaignId),
      'campaign',
    );
    return found(await this.parts.connections.get(tenant, connectionId), 'connection').country;
  }

  private ring(campaignId: CampaignId): void {
    this.parts.ringer.ring('campaign', [campaignId]);
  }
}

export function leadDto(record: LeadRecord): LeadDto {
  const { id: leadId, campaignId, importId, phone, name, state, priority, callerId, callerName } = record;
  const { customData, region, postal, zone, maxTries, attempts, gate, reason, lastResult } = record;
  const { agentId, disposition, note } = record;
  return {
    ...{ id: leadId, campaignId, importId, number: phone, name, state, priority, callerId, callerName },
    ...{ customData, region, postal, zone, maxTries, attempts, gate, reason, lastResult },
    ...{ agentId, disposition, note },
    consentAt: timeTextOrNull(record.consentAt),
    notBefore: timeTextOrNull(record.notBefore),
    nextAt: timeTextOrNull(record.nextAt),
    lastAt: timeTextOrNull(record.lastAt),
    createdAt: timeText(record.createdAt),
    updatedAt: timeText(record.updatedAt),
  };
}
