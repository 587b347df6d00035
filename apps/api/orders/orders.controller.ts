import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { Actor, OrderId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ABOUT_PLACING, ORDER_PROBLEMS } from './about-placing.js';
import { NewOrderDto, OrderDto, OrderPageDto, OrderQueryDto } from './order.dto.js';
import { OrderDesk } from './order-desk.js';

@ApiController('orders', 'Orders')
@May('handle')
export class OrdersController {
  constructor(@Inject(OrderDesk) private readonly desk: OrderDesk) {}

  @Post()
  @Answers(201, 'Have a PBX dial', { type: OrderDto, about: ABOUT_PLACING })
  @Problems(...ORDER_PROBLEMS)
  place(@Tenant() tenant: TenantId, @Body() draft: NewOrderDto, @By() by: Actor): Promise<OrderDto> {
    return this.desk.place(tenant, draft, by, null);
  }

  @Get()
  @May('see')
  @Answers(200, 'List orders', { type: OrderPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: OrderQueryDto): Promise<OrderPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @May('see')
  @Answers(200, 'Get an order', { type: OrderDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', new IdPipe<OrderId>('order')) id: OrderId): Promise<OrderDto> {
    return this.desk.get(tenant, id);
  }
}
