import { Readable } from 'node:stream';
import { Body, Get, Inject, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor, CampaignId, ImportId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ImportQueryDto, UploadQueryDto } from './import.dto.js';
import { LeadImportDesk } from './lead-import-desk.js';
import {
  LeadImportDetailDto,
  LeadImportDto,
  LeadImportPageDto,
  StartLeadImportDto,
} from './lead-import.dto.js';
import { tableOf } from './upload-of.js';

const CAMPAIGN = new IdPipe<CampaignId>('campaign');
const ID = new IdPipe<ImportId>('import');
const FILE = { type: 'string', format: 'binary' } as const;

@ApiController('campaigns/:campaignId/imports', 'Campaigns')
@May('handle')
export class LeadImportsController {
  constructor(@Inject(LeadImportDesk) private readonly desk: LeadImportDesk) {}

  @Post()
  @ApiConsumes('text/csv')
  @ApiBody({ schema: FILE, required: true })
  @Answers(201, 'Send a file of leads', {
    type: LeadImportDetailDto,
    about:
      'Separated values, with up to 1 GiB. Charset, delimiter, header and columns are guessed; nothing is added before `start`.',
  })
  @Problems(404, 409)
  upload(
    @Tenant() tenant: TenantId,
    @Param('campaignId', CAMPAIGN) campaignId: CampaignId,
    @Query() query: UploadQueryDto,
    @Req() request: FastifyRequest,
    @By() by: Actor,
  ): Promise<LeadImportDetailDto> {
    return this.desk.upload({ tenant, campaignId }, query, tableOf(request), by);
  }

  @Get()
  @May('see')
  @Answers(200, 'List imports of leads', { type: LeadImportPageDto })
  list(
    @Tenant() tenant: TenantId,
    @Param('campaignId', CAMPAIGN) campaignId: CampaignId,
    @Query() query: ImportQueryDto,
  ): Promise<LeadImportPageDto> {
    return this.desk.list({ tenant, campaignId }, query);
  }

  @Get(':id')
  @May('see')
  @Answers(200, 'Get an import of leads with its progress', { type: LeadImportDetailDto })
  @Problems(404)
  get(
    @Tenant() tenant: TenantId,
    @Param('campaignId', CAMPAIGN) campaignId: CampaignId,
    @Param('id', ID) id: ImportId,
  ): Promise<LeadImportDetailDto> {
    return this.desk.get({ tenant, campaignId }, id);
  }

  @Post(':id/start')
  @Answers(202, 'Start an import of leads', {
    type: LeadImportDto,
    about:
      'A row adds a lead, unless its number is on a list already or came before in the file. A cell that cannot be read is left out; a time not to be called before that cannot be read costs the row. The first ones are called while the others are read. The import survives restarts.',
  })
  @Problems(404, 409)
  start(
    @Tenant() tenant: TenantId,
    @Param('campaignId', CAMPAIGN) campaignId: CampaignId,
    @Param('id', ID) id: ImportId,
    @Body() order: StartLeadImportDto,
    @By() by: Actor,
  ): Promise<LeadImportDto> {
    return this.desk.start({ tenant, campaignId }, id, order, by);
  }

  @Post(':id/cancel')
  @Answers(202, 'Cancel an import of leads', {
    type: LeadImportDto,
    about: 'What was added stays, and can be undone.',
  })
  @Problems(404, 409)
  cancel(
    @Tenant() tenant: TenantId,
    @Param('campaignId', CAMPAIGN) campaignId: CampaignId,
    @Param('id', ID) id: ImportId,
    @By() by: Actor,
  ): Promise<LeadImportDto> {
    return this.desk.cancel({ tenant, campaignId }, id, by);
  }

  @Post(':id/undo')
  @Answers(202, 'Undo an import of leads', {
    type: LeadImportDto,
    about:
      'Leads that were not dialled are taken off the list again. The others are left alone, and counted.',
  })
  @Problems(404, 409)
  undo(
    @Tenant() tenant: TenantId,
    @Param('campaignId', CAMPAIGN) campaignId: CampaignId,
    @Param('id', ID) id: ImportId,
    @By() by: Actor,
  ): Promise<LeadImportDto> {
    return this.desk.undo({ tenant, campaignId }, id, by);
  }

  @Get(':id/faults')
  @ApiOperation({ summary: 'Give out what of a file of leads could not be read, as a file' })
  @ApiProduces('text/csv')
  @ApiResponse({
    status: 200,
    description: 'Line, whether the row was imported, column, code and words, and the row as it came.',
    content: { 'text/csv': { schema: FILE } },
  })
  @Problems(404)
  async faults(
    @Tenant() tenant: TenantId,
    @Param('campaignId', CAMPAIGN) campaignId: CampaignId,
    @Param('id', ID) id: ImportId,
  ): Promise<StreamableFile> {
    const lines = await this.desk.faults({ tenant, campaignId }, id);
    return new StreamableFile(Readable.from(lines), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="faults.csv"',
    });
  }
}
