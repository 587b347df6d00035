import { notFound, type Actor, type CampaignId, type TenantId } from '#domain';
import type { CampaignRepository } from '#db';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import type { MembersDto } from './campaign-member.dto.js';

export interface CampaignMemberDeskParts {
  campaigns: Pick<CampaignRepository, 'get' | 'members' | 'putMembers' | 'addMembers' | 'removeMembers'>;
  ringer: Pick<Ringer, 'ring'>;
}

/** The phones of those for whom campaigns call. */
export class CampaignMemberDesk {
  constructor(private readonly parts: CampaignMemberDeskParts) {}

  async list(tenant: TenantId, campaignId: CampaignId): Promise<MembersDto> {
    found(await this.parts.campaigns.get(tenant, campaignId), 'campaign');
    return { extensions: await this.parts.campaigns.members(tenant, campaignId) };
  }

  async put(
    tenant: TenantId,
    campaignId: CampaignId,
    extensions: readonly string[],
    by: Actor,
  ): Promise<MembersDto> {
    await this.parts.campaigns.putMembers(tenant, campaignId, extensions, by);
    return this.after(tenant, campaignId);
  }

  async add(
    tenant: TenantId,
    campaignId: CampaignId,
    extensions: readonly string[],
    by: Actor,
  ): Promise<MembersDto> {
    await this.parts.campaigns.addMembers(tenant, campaignId, extensions, by);
    return this.after(tenant, campaignId);
  }

  /** @throws AppError `resource.not_found` also for who is no member */
  async remove(tenant: TenantId, campaignId: CampaignId, extension: string, by: Actor): Promise<void> {
    const count = await this.parts.campaigns.removeMembers(tenant, campaignId, [extension], by);
    if (count === 0) throw notFound('member');
    this.parts.ringer.ring('campaign', [campaignId]);
  }

  private async after(tenant: TenantId, campaignId: CampaignId): Promise<MembersDto> {
    this.parts.ringer.ring('campaign', [campaignId]);
    return { extensions: await this.parts.campaigns.members(tenant, campaignId) };
  }
}
