import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { Actor, ConnectionId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ReceiptDesk } from './receipt-desk.js';
import { ConnectionReceiptQueryDto, ReceiptPageDto } from './receipt.dto.js';
import { ReplayAskDto, ReplayedDto } from './replay.dto.js';

@ApiController('connections', 'Receipts')
@May('handle')
export class ConnectionReceiptsController {
  constructor(@Inject(ReceiptDesk) private readonly desk: ReceiptDesk) {}

  @Get(':id/receipts')
  @Answers(200, 'List the receipts of a connection', {
    type: ReceiptPageDto,
    about: 'All that came, whether it could be worked on or not.',
  })
  @Problems(404)
  list(
    @Tenant() tenant: TenantId,
    @Param('id', new IdPipe<ConnectionId>('connection')) id: ConnectionId,
    @Query() query: ConnectionReceiptQueryDto,
  ): Promise<ReceiptPageDto> {
    return this.desk.ofConnection(tenant, id, query);
  }

  @Post(':id/receipts/replay')
  @Answers(202, 'Replay the receipts of a connection', {
    type: ReplayedDto,
    about:
      'After a fix: what nobody could read or work on is worked on again, the oldest first. It keeps the time at which it ' +
      'came, so calls and events are what they would have been. One request takes a bounded number; ask again while there is more.',
  })
  @Problems(404)
  replay(
    @Tenant() tenant: TenantId,
    @Param('id', new IdPipe<ConnectionId>('connection')) id: ConnectionId,
    @Body() ask: ReplayAskDto,
    @By() by: Actor,
  ): Promise<ReplayedDto> {
    return this.desk.replayAll(tenant, id, ask, by);
  }
}
