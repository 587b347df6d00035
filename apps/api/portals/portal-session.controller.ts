import { Delete, Get, Inject, Post } from '@nestjs/common';
import { For, May, Needs } from '../access/access.guard.js';
import { TheCaller } from '../access/caller.decorator.js';
import { portalIn, type Caller } from '../access/caller.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { PortalDesk } from './portal-desk.js';
import { PortalStandingDto, PortalTokenOnceDto } from './portal.dto.js';

/** The portal that asks. */
@ApiController('portal-session', 'Portals')
@For('either')
@May('own')
@Needs('read')
export class PortalSessionController {
  constructor(@Inject(PortalDesk) private readonly desk: PortalDesk) {}

  @Get()
  @Answers(200, 'What is this portal?', { type: PortalStandingDto })
  @Problems(409)
  get(@TheCaller() caller: Caller): Promise<PortalStandingDto> {
    return this.desk.show(portalIn(caller));
  }

  @Post('renew')
  @Answers(201, 'Renew the token of a portal', {
    type: PortalTokenOnceDto,
    about: 'The one that asks works on until it runs out.',
  })
  @Problems(404, 409)
  renew(@TheCaller() caller: Caller): Promise<PortalTokenOnceDto> {
    return this.desk.renew(portalIn(caller));
  }

  @Delete()
  @Answers(204, 'Leave a portal')
  @Problems(404, 409)
  end(@TheCaller() caller: Caller): Promise<void> {
    const { portal } = portalIn(caller);
    return this.desk.end(portal.tenantId, portal.id, caller.actor);
  }
}
