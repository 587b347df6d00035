import { Body, Get, Inject, Post } from '@nestjs/common';
import type { Actor, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant, TheCaller } from '../access/caller.decorator.js';
import type { Caller } from '../access/caller.js';
import { ownAgent } from '../access/own-agent.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { Problems } from '../http/problem.dto.js';
import { OrderDto, OwnOrderDto } from './order.dto.js';
import { OrderDesk } from './order-desk.js';
import { OwnPhonesDto } from './own-phone.dto.js';
import { ABOUT_PLACING, ORDER_PROBLEMS } from './about-placing.js';

/** For agents: whoever signed in and is linked to one. */
@ApiController('me', 'Me')
@May('own')
export class OwnOrdersController {
  constructor(@Inject(OrderDesk) private readonly desk: OrderDesk) {}

  @Get('phones')
  @Answers(200, 'List my phones', {
    type: OwnPhonesDto,
    about: 'Which of them rings may be said where a call is ordered, and where I take calls in my state.',
  })
  @Problems(409)
  phones(@Tenant() tenant: TenantId, @TheCaller() caller: Caller): Promise<OwnPhonesDto> {
    return this.desk.phones(tenant, ownAgent(caller));
  }

  @Post('orders')
  @Answers(201, 'Call somebody from my phone', {
    type: OrderDto,
    about: `Your own phone is rung first. ${ABOUT_PLACING}`,
  })
  @Problems(...ORDER_PROBLEMS)
  place(
    @Tenant() tenant: TenantId,
    @TheCaller() caller: Caller,
    @Body() draft: OwnOrderDto,
    @By() by: Actor,
  ): Promise<OrderDto> {
    return this.desk.placeOwn(tenant, ownAgent(caller), draft, by);
  }
}
