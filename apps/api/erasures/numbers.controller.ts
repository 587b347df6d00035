import { Readable } from 'node:stream';
import { Get, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { TenantId } from '#domain';
import { Needs, May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { KeyPipe } from '../http/key.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ErasureDesk } from './erasure-desk.js';
import { NumberQueryDto } from './erasure.dto.js';

const TYPE = 'application/x-ndjson';

@May('manage')
@ApiController('numbers', 'Privacy')
@Needs('admin')
export class NumbersController {
  constructor(@Inject(ErasureDesk) private readonly desk: ErasureDesk) {}

  @Get(':number/export')
  @ApiOperation({
    summary: 'Give out all that is kept about a number',
    description:
      'A line of JSON for each thing: `kind` says what it is, `data` is it, as it is kept. Reads through all of the log, and may take minutes.',
  })
  @ApiProduces(TYPE)
  @ApiResponse({
    status: 200,
    description:
      'Contacts, calls with their events, deliveries and attempts, webhooks as they came (in base64), and whatever else names the number.',
    content: { [TYPE]: { schema: { type: 'string', format: 'binary' } } },
  })
  @Problems(404)
  export(
    @Tenant() tenant: TenantId,
    @Param('number', new KeyPipe('number')) number: string,
    @Query() { country }: NumberQueryDto,
  ): StreamableFile {
    return new StreamableFile(Readable.from(this.desk.export(tenant, number, country)), {
      type: TYPE,
      disposition: 'attachment; filename="number.ndjson"',
    });
  }
}
