import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { Actor, DeliveryId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ReplayDesk } from '../replays/replay-desk.js';
import { BulkRetryDto, ReplayDto } from '../replays/replay.dto.js';
import { DeliveryDesk } from './delivery-desk.js';
import { DeliveryDetailDto, DeliveryDto, DeliveryPageDto, DeliveryQueryDto } from './delivery.dto.js';

const ID = new IdPipe<DeliveryId>('delivery');

@ApiController('deliveries', 'Deliveries')
@May('see')
export class DeliveriesController {
  constructor(
    @Inject(DeliveryDesk) private readonly desk: DeliveryDesk,
    @Inject(ReplayDesk) private readonly replays: ReplayDesk,
  ) {}

  @Get()
  @Answers(200, 'List deliveries', { type: DeliveryPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: DeliveryQueryDto): Promise<DeliveryPageDto> {
    return this.desk.list(tenant, query);
  }

  @Post('retry')
  @May('handle')
  @Answers(202, 'Retry what is dead, in bulk', {
    type: ReplayDto,
    about: 'A replay of the kind `failed`: what is dead is sent once more, with the whole retry schedule.',
  })
  @Problems(404)
  retryAll(@Tenant() tenant: TenantId, @Body() order: BulkRetryDto, @By() by: Actor): Promise<ReplayDto> {
    return this.replays.create(tenant, { ...order, kind: 'failed' }, by);
  }

  @Get(':id')
  @Answers(200, 'Get a delivery with its attempts', { type: DeliveryDetailDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: DeliveryId): Promise<DeliveryDetailDto> {
    return this.desk.get(tenant, id);
  }

  @Post(':id/retry')
  @May('handle')
  @Answers(202, 'Retry a delivery', {
    type: DeliveryDto,
    about: 'One that is dead, held or skipped; it is due at once, with the whole retry schedule before it.',
  })
  @Problems(404, 409)
  retry(@Tenant() tenant: TenantId, @Param('id', ID) id: DeliveryId, @By() by: Actor): Promise<DeliveryDto> {
    return this.desk.retry(tenant, id, by);
  }
}
