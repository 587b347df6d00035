import { Body, Inject, Post } from '@nestjs/common';
import type { Actor, TenantId } from '#domain';
import { May, Needs } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { PortalDesk } from './portal-desk.js';
import { NewPortalLinkDto, PortalLinkOnceDto } from './portal.dto.js';

@ApiController('portal-links', 'Portals')
@May('manage')
@Needs('admin')
export class PortalLinksController {
  constructor(@Inject(PortalDesk) private readonly desk: PortalDesk) {}

  @Post()
  @Answers(201, 'Make a portal link', {
    type: PortalLinkOnceDto,
    about:
      'Show it in a frame of your page (see the portal settings) or send somebody there. The page trades the code after the # for a ' +
      'token, which is renewed while the page is open.',
  })
  @Problems(404)
  create(
    @Tenant() tenant: TenantId,
    @Body() draft: NewPortalLinkDto,
    @By() by: Actor,
  ): Promise<PortalLinkOnceDto> {
    return this.desk.link(tenant, draft, by);
  }
}
