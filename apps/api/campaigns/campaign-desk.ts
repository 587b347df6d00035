import {
  id,
  readCampaignSettings,
  type Actor,
  type CampaignId,
  type CampaignMode,
  type CampaignSettings,
  type CampaignState,
  type ConnectionId,
  type TenantId,
} from '#domain';
import { sealedFor, type CampaignRecord, type CampaignRepository } from '#db';
import { newCode, newId, type KeyedHash, type SecretBox } from '#platform';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type {
  CampaignDto,
  CampaignOnceDto,
  CampaignPageDto,
  CampaignPatchDto,
  CampaignQueryDto,
  CampaignTurnedDto,
  ClearedDto,
  NewCampaignDto,
} from './campaign.dto.js';

export interface CampaignDeskParts {
  campaigns: CampaignRepository;
  hash: Pick<KeyedHash, 'of'>;
  box: Pick<SecretBox, 'seal'>;
  ringer: Pick<Ringer, 'ring'>;
}

/** Campaigns, by our own API. Whatever is done to one has the dialer look at it. */
export class CampaignDesk {
  constructor(private readonly parts: CampaignDeskParts) {}

  /** @throws AppError `request.invalid`, `resource.not_found` for the connection */
  async create(tenant: TenantId, draft: NewCampaignDto, by: Actor): Promise<CampaignOnceDto> {
    const { name, mode } = draft;
    const campaignId = newId<CampaignId>();
    const { code, ...kept } = this.newCodeOf(campaignId);
    const record = await this.parts.campaigns.create(
      tenant,
      campaignId,
      {
        connectionId: id<ConnectionId>(draft.connectionId.toLowerCase()),
        ...{ name, mode, settings: settingsOf(mode, draft.settings ?? {}) },
        ...kept,
      },
      by,
    );
    return { ...campaignDto(record), code };
  }

  async list(tenant: TenantId, query: CampaignQueryDto): Promise<CampaignPageDto> {
    const { connectionId, state } = query;
    const filter = {
      state,
      connectionId: connectionId === undefined ? undefined : id<ConnectionId>(connectionId.toLowerCase()),
    };
    return pageAnswer(await this.parts.campaigns.list(tenant, filter, pageAsk(query)), campaignDto);
  }

  async get(tenant: TenantId, campaignId: CampaignId): Promise<CampaignDto> {
    return campaignDto(found(await this.parts.campaigns.get(tenant, campaignId), 'campaign'));
  }

  /** @throws AppError `request.invalid`, `resource.not_found`, `resource.changed` */
  async patch(
    tenant: TenantId,
    campaignId: CampaignId,
    { name, settings }: CampaignPatchDto,
    by: Actor,
  ): Promise<CampaignDto> {
    const { mode } = found(await this.parts.campaigns.get(tenant, campaignId), 'campaign');
    // Laid over what there is when nobody else changes it.
    const after = settings && ((before: CampaignSettings) => settingsOf(mode, settings, before));
    const record = await this.parts.campaigns.patch(tenant, campaignId, { name, settings: after }, by);
    this.ring(campaignId);
    return campaignDto(record);
  }

  /** @throws AppError `resource.not_found`, 409 `campaign.state` */
  async turn(
    tenant: TenantId,
    campaignId: CampaignId,
    to: CampaignState,
    by: Actor,
  ): Promise<CampaignTurnedDto> {
    const { campaign, onTheLine } = await this.parts.campaigns.turn(tenant, campaignId, to, by);
    this.ring(campaignId);
    return { ...campaignDto(campaign), onTheLine };
  }

  async clear(tenant: TenantId, campaignId: CampaignId, by: Actor): Promise<ClearedDto> {
    const removed = await this.parts.campaigns.clear(tenant, campaignId, by);
    this.ring(campaignId);
    return { removed };
  }

  async recode(tenant: TenantId, campaignId: CampaignId, by: Actor): Promise<CampaignOnceDto> {
    const { code, ...kept } = this.newCodeOf(campaignId);
    return { ...campaignDto(await this.parts.campaigns.recode(tenant, campaignId, kept, by)), code };
  }

  private newCodeOf(campaignId: CampaignId): { code: string; codeHash: Uint8Array; sealedCode: string } {
    const code = newCode();
    const { hash, box } = this.parts;
    return { code, codeHash: hash.of(code), sealedCode: box.seal(code, sealedFor.campaignCode(campaignId)) };
  }

  private ring(campaignId: CampaignId): void {
    this.parts.ringer.ring('campaign', [campaignId]);
  }
}

/** @throws AppError `request.invalid` that names the path of each member that is wrong */
function settingsOf(mode: CampaignMode, document: unknown, before?: CampaignSettings): CampaignSettings {
  const reading = readCampaignSettings(mode, document, before);
  if ('settings' in reading) return reading.settings;
  throw invalidRequest(
    reading.problems.map(({ path, reason }) => ({
      field: path === '' ? 'settings' : `settings.${path}`,
      message: reason,
    })),
  );
}

export function campaignDto(record: CampaignRecord): CampaignDto {
  const { id: campaignId, connectionId, name, mode, state, settings } = record;
  return {
    ...{ id: campaignId, connectionId, name, mode, state, settings },
    stateAt: timeText(record.stateAt),
    createdAt: timeText(record.createdAt),
    updatedAt: timeText(record.updatedAt),
  };
}
