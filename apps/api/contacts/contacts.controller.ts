import { Readable } from 'node:stream';
import { Body, Delete, Get, Inject, Param, Patch, Post, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { Actor, ContactId, TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { By, Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { IdPipe } from '../http/id.pipe.js';
import { Problems } from '../http/problem.dto.js';
import { ChangesVersion, ShowsVersion } from '../versions/versioned.decorator.js';
import { ContactDesk } from './contact-desk.js';
import {
  ContactDto,
  ContactPageDto,
  ContactPatchDto,
  ContactQueryDto,
  ExportQueryDto,
  NewContactDto,
  PutContactDto,
} from './contact.dto.js';
import { ContactBulkDesk } from './contact-bulk-desk.js';
import { BulkContactsDto, BulkResultsDto } from './contact-bulk.dto.js';
import { ContactSearchDesk } from './contact-search-desk.js';
import { ContactSearchQueryDto, FoundContactsDto } from './contact-search.dto.js';
import { ExportContacts } from './export-contacts.js';

const ID = new IdPipe<ContactId>('contact');
const FILE = { type: 'string', format: 'binary' } as const;

@ApiController('contacts', 'Contacts')
@May('handle')
export class ContactsController {
  constructor(
    @Inject(ContactDesk) private readonly desk: ContactDesk,
    @Inject(ExportContacts) private readonly exporter: ExportContacts,
    @Inject(ContactSearchDesk) private readonly searcher: ContactSearchDesk,
    @Inject(ContactBulkDesk) private readonly bulk: ContactBulkDesk,
  ) {}

  @Post()
  @Answers(201, 'Make a contact', {
    type: ContactDto,
    about: 'From then on its numbers are known when they call.',
  })
  @Problems(409)
  create(@Tenant() tenant: TenantId, @Body() draft: NewContactDto, @By() by: Actor): Promise<ContactDto> {
    return this.desk.create(tenant, draft, by);
  }

  @Get()
  @May('look_up')
  @Answers(200, 'List contacts', { type: ContactPageDto })
  list(@Tenant() tenant: TenantId, @Query() query: ContactQueryDto): Promise<ContactPageDto> {
    return this.desk.list(tenant, query);
  }

  @Get('search')
  @May('look_up')
  @Answers(200, 'Search contacts', {
    type: FoundContactsDto,
    about:
      'By names and companies, in any case and with or without accents, or by numbers. The best first; there are no pages.',
  })
  search(@Tenant() tenant: TenantId, @Query() query: ContactSearchQueryDto): Promise<FoundContactsDto> {
    return this.searcher.search(tenant, query);
  }

  @Post('bulk')
  @Answers(200, 'Make or change many contacts', {
    type: BulkResultsDto,
    about:
      'Each is found by its external id, and made where there is none. What is left out stays. One that is wrong costs none of the ' +
      'others: the answer says for each what became of it. For files there are imports.',
  })
  upsertMany(
    @Tenant() tenant: TenantId,
    @Body() body: BulkContactsDto,
    @By() by: Actor,
  ): Promise<BulkResultsDto> {
    return this.bulk.upsert(tenant, body, by);
  }

  @Get('export')
  @ApiOperation({ summary: 'Give all contacts out as a file' })
  @ApiProduces('text/csv', 'text/vcard')
  @ApiResponse({
    status: 200,
    description: 'All contacts, newest first. Sent back as an import, the file changes nothing.',
    content: { 'text/csv': { schema: FILE }, 'text/vcard': { schema: FILE } },
  })
  async export(@Tenant() tenant: TenantId, @Query() query: ExportQueryDto): Promise<StreamableFile> {
    const { type, fileName, text } = await this.exporter.open(tenant, query.format ?? 'csv');
    return new StreamableFile(Readable.from(text), {
      type: `${type}; charset=utf-8`,
      disposition: `attachment; filename="${fileName}"`,
    });
  }

  @Get(':id')
  @May('look_up')
  @ShowsVersion()
  @Answers(200, 'Get a contact', { type: ContactDto })
  @Problems(404)
  get(@Tenant() tenant: TenantId, @Param('id', ID) id: ContactId): Promise<ContactDto> {
    return this.desk.get(tenant, id);
  }

  @Patch(':id')
  @ChangesVersion()
  @Answers(200, 'Change a contact', { type: ContactDto, about: 'Numbers that are given replace all it had.' })
  @Problems(404, 409)
  patch(
    @Tenant() tenant: TenantId,
    @Param('id', ID) id: ContactId,
    @Body() patch: ContactPatchDto,
    @By() by: Actor,
  ): Promise<ContactDto> {
    return this.desk.patch(tenant, id, patch, by);
  }

  @Put('by-external-id/:externalId')
  @Answers(200, 'Make or replace the contact of an external id', {
    type: ContactDto,
    about: 'What is left out is emptied. The same again changes nothing.',
  })
  @Problems(409)
  put(
    @Tenant() tenant: TenantId,
    @Param('externalId') externalId: string,
    @Body() draft: PutContactDto,
    @By() by: Actor,
  ): Promise<ContactDto> {
    return this.desk.put(tenant, externalId, draft, by);
  }

  @Delete(':id')
  @ChangesVersion()
  @Answers(204, 'Delete a contact', { about: 'Its numbers are unknown again. Calls stay.' })
  @Problems(404)
  remove(@Tenant() tenant: TenantId, @Param('id', ID) id: ContactId, @By() by: Actor): Promise<void> {
    return this.desk.remove(tenant, id, by);
  }
}
