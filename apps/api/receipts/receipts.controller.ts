import { Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor, ReceiptId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ReceiptDesk } from './receipt-desk.js';
import { ReceiptDto, ReceiptPageDto, ReceiptQueryDto } from './receipt.dto.js';
import { sendRaw } from './send-raw.js';

const ID = new IdPipe<ReceiptId>('receipt');

@ApiController('receipts', 'Receipts')
@May('see')
export class ReceiptsController {
  constructor(@Inject(ReceiptDesk) private readonly desk: ReceiptDesk) {}

  @Get()
  @Answers(200, 'List receipts that nobody could read or work on', { type: ReceiptPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: ReceiptQueryDto): Promise<ReceiptPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get(':id')
  @Answers(200, 'Get a receipt', { type: ReceiptDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ReceiptId): Promise<ReceiptDto> {
    return this.desk.get(tenant, id);
  }

  @Get(':id/raw')
  @Answers(200, 'Get the body of a receipt', {
    about: 'The bytes as they came. Their own content type is in the header `Switchhook-Content-Type`.',
  })
  @ApiProduces('application/octet-stream')
  @Problems(404)
  async raw(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ReceiptId,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendRaw(reply, id, await this.desk.raw(tenant, id));
  }

  @Post(':id/replay')
  @May('handle')
  @Answers(202, 'Replay a receipt', {
    type: ReceiptDto,
    about:
      'It is worked on again and keeps the time at which it came. What was told of it is not told twice.',
  })
  @Problems(404, 409)
  replay(@Tenant() tenant: TenantId, @Param('id', ID) id: ReceiptId, @By() by: Actor): Promise<ReceiptDto> {
    return this.desk.replay(tenant, id, by);
  }
}
