import { Body, Get, Inject, Put } from '@nestjs/common';
import type { Actor, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { PortalDesk } from './portal-desk.js';
import { PortalSettingsDto } from './portal.dto.js';

@ApiController('portal-settings', 'Portals')
@May('manage')
@Needs('admin')
export class PortalSettingsController {
  constructor(@Inject(PortalDesk) private readonly desk: PortalDesk) {}

  @Get()
  @Answers(200, 'Get the portal settings', { type: PortalSettingsDto })
  get(@Tenant() tenant: TenantId): Promise<PortalSettingsDto> {
    return this.desk.settings(tenant);
  }

  @Put()
  @Answers(200, 'Set the portal settings', {
    type: PortalSettingsDto,
    about: 'Counts for portals that are opened ten seconds later or more.',
  })
  put(
    @Tenant() tenant: TenantId,
    @Body() settings: PortalSettingsDto,
    @By() by: Actor,
  ): Promise<PortalSettingsDto> {
    return this.desk.set(tenant, settings, by);
  }
}
