import type { Actor, TenantId } from '#domain';
import type { TenantRecord, TenantRepository } from '#db';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import type { NewTenantDto, TenantDto, TenantPageDto, TenantPatchDto } from './tenant.dto.js';

/** What the operator can do with tenants. */
export class TenantDesk {
  constructor(private readonly tenants: TenantRepository) {}

  async create(draft: NewTenantDto, by: Actor): Promise<TenantDto> {
    return tenantView(await this.tenants.create({ name: draft.name }, by));
  }

  async list(query: PageQueryDto): Promise<TenantPageDto> {
    return pageAnswer(await this.tenants.list(pageAsk(query)), tenantView);
  }

  async get(tenant: TenantId): Promise<TenantDto> {
    return tenantView(found(await this.tenants.get(tenant), 'tenant'));
  }

  async patch(tenant: TenantId, patch: TenantPatchDto, by: Actor): Promise<TenantDto> {
    return tenantView(await this.tenants.patch(tenant, { ...patch }, by));
  }
}

function tenantView(tenant: TenantRecord): TenantDto {
  return { ...tenant, createdAt: timeText(tenant.createdAt), updatedAt: timeText(tenant.updatedAt) };
}
