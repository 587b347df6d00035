import { Readable } from 'node:stream';
import { Body, Get, Inject, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor, ImportId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import {
  ImportDetailDto,
  ImportDto,
  ImportPageDto,
  ImportQueryDto,
  StartImportDto,
  UploadQueryDto,
} from './import.dto.js';
import { ContactImportDesk } from './contact-import-desk.js';
import type { Whose } from './import-desk.js';
import { uploadOf } from './upload-of.js';

const ID = new IdPipe<ImportId>('import');
const FILE = { type: 'string', format: 'binary' } as const;

@ApiController('contacts/imports', 'Contacts')
@May('handle')
export class ImportsController {
  constructor(@Inject(ContactImportDesk) private readonly desk: ContactImportDesk) {}

  @Post()
  @ApiConsumes('text/csv', 'text/vcard')
  @ApiBody({ schema: FILE, required: true })
  @Answers(201, 'Send a file of contacts', {
    type: ImportDetailDto,
    about:
      'Separated values, or an address book of vCards, with up to 1 GiB. Charset, delimiter, header and columns are guessed; nothing is imported before `start`.',
  })
  @Problems(409)
  upload(
    @Tenant() tenant: TenantId,
    @Query() query: UploadQueryDto,
    @Req() request: FastifyRequest,
    @By() by: Actor,
  ): Promise<ImportDetailDto> {
    return this.desk.upload(contactsOf(tenant), query, uploadOf(request), by);
  }

  @Get()
  @May('see')
  @Answers(200, 'List imports', { type: ImportPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: ImportQueryDto): Promise<ImportPageDto> {
    return this.desk.list(contactsOf(tenant), query);
  }

  @Get(':id')
  @May('see')
  @Answers(200, 'Get an import with its progress', { type: ImportDetailDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ImportId): Promise<ImportDetailDto> {
    return this.desk.get(contactsOf(tenant), id);
  }

  @Post(':id/start')
  @Answers(202, 'Start an import', {
    type: ImportDto,
    about:
      'A row is about the contact with its external id; without one, about the contact of the same name that has one of its numbers; otherwise it makes one. Columns of the file replace what a contact has, an empty cell empties it. The import survives restarts.',
  })
  @Problems(404, 409)
  start(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ImportId,
    @Body() order: StartImportDto,
    @By() by: Actor,
  ): Promise<ImportDto> {
    return this.desk.start(contactsOf(tenant), id, order, by);
  }

  @Post(':id/cancel')
  @Answers(202, 'Cancel an import', { type: ImportDto, about: 'What was imported stays, and can be undone.' })
  @Problems(404, 409)
  cancel(@Tenant() tenant: TenantId, @Param('id', ID) id: ImportId, @By() by: Actor): Promise<ImportDto> {
    return this.desk.cancel(contactsOf(tenant), id, by);
  }

  @Post(':id/undo')
  @Answers(202, 'Undo an import', {
    type: ImportDto,
    about:
      'Contacts that it made are deleted, others are as before. What somebody changed since is left alone.',
  })
  @Problems(404, 409)
  undo(@Tenant() tenant: TenantId, @Param('id', ID) id: ImportId, @By() by: Actor): Promise<ImportDto> {
    return this.desk.undo(contactsOf(tenant), id, by);
  }

  @Get(':id/faults')
  @ApiOperation({ summary: 'Give out what could not be read, as a file' })
  @ApiProduces('text/csv')
  @ApiResponse({
    status: 200,
    description: 'Line, whether the row was imported, column, code and words, and the row as it came.',
    content: { 'text/csv': { schema: FILE } },
  })
  @Problems(404)
  async faults(@Tenant() tenant: TenantId, @Param('id', ID) id: ImportId): Promise<StreamableFile> {
    const lines = await this.desk.faults(contactsOf(tenant), id);
    return new StreamableFile(Readable.from(lines), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="faults.csv"',
    });
  }
}

function contactsOf(tenant: TenantId): Whose {
  return { tenant, campaignId: null };
}
