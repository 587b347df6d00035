import { Body, Delete, Get, Inject, Param, Put, Query } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { KeyPipe } from '../http/key.pipe.js';
import { PageQueryDto } from '../http/page.dto.js';
import { Problems } from '../http/problem.dto.js';
import type { LabelDesk } from './label-desk.js';
import { LabelPutDto, QueueDto, QueuePageDto } from './label.dto.js';

export const QUEUE_DESK = Symbol('QueueDesk');

const ID = new IdPipe<ConnectionId>('connection');
const QUEUE = new KeyPipe('queue');

@ApiController('connections/:id/queues', 'People')
@May('manage')
export class QueuesController {
  constructor(@Inject(QUEUE_DESK) private readonly desk: LabelDesk<QueueDto>) {}

  @Get()
  @May('see')
  @Answers(200, 'List queues', { type: QueuePageDto })
  @Problems(404)
  list(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ConnectionId,
    @Query() query: PageQueryDto,
  ): Promise<QueuePageDto> {
    return this.desk.list(tenant, id, query);
  }

  @Get(':queueId')
  @May('see')
  @Answers(200, 'Get a queue', { type: QueueDto })
  @Problems(404)
  get(
    @Tenant() tenant: TenantId,
    @Param('id', ID) connectionId: ConnectionId,
    @Param('queueId', QUEUE) key: string,
  ): Promise<QueueDto> {
    return this.desk.get(tenant, { connectionId, key });
  }

  @Put(':queueId')
  @Answers(200, 'Label a queue', { type: QueueDto })
  @Problems(404)
  put(
    @Tenant() tenant: TenantId,
    @Param('id', ID) connectionId: ConnectionId,
    @Param('queueId', QUEUE) key: string,
    @Body() { label }: LabelPutDto,
    @By() by: Actor,
  ): Promise<QueueDto> {
    return this.desk.put(tenant, { connectionId, key }, label, by);
  }

  @Delete(':queueId')
  @Answers(204, 'Take the label off a queue')
  @Problems(404)
  remove(
    @Tenant() tenant: TenantId,
    @Param('id', ID) connectionId: ConnectionId,
    @Param('queueId', QUEUE) key: string,
    @By() by: Actor,
  ): Promise<void> {
    return this.desk.remove(tenant, { connectionId, key }, by);
  }
}
