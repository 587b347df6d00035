import { IsEmail, IsISO31661Alpha2, IsUrl } from 'class-validator';
import {
  CONTACT_KINDS,
  PHONE_KINDS,
  type AgentId,
  type ContactId,
  type ContactKind,
  type PhoneKind,
} from '#domain';
import { ChoiceField, IdField, ObjectField, TextField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import {
  EXTERNAL_IDS_ABOUT,
  ExternalIdsField,
  type GivenExternalId,
} from './external-ids-field.decorator.js';
import { PHONES_ABOUT, PhonesField, type GivenPhone } from './phones-field.decorator.js';

const OPTIONAL = { optional: true } as const;
const NULLABLE = { optional: true, nullable: true } as const;

export const LONGEST_EXTERNAL_ID = 200;

export const ABOUT = {
  externalId: {
    about: 'Your own id of it, such as your CRM’s. No two contacts have the same.',
    max: LONGEST_EXTERNAL_ID,
    example: 'crm-4711',
  },
  kind: { about: 'What it is.', of: CONTACT_KINDS },
  companyId: { about: 'The contact that is the company it belongs to.' },
  ownerId: { about: 'The agent whose contact it is.' },
  name: { about: 'Shown while the phone rings.', max: 200, example: 'John Doe' },
  company: { about: 'The company it belongs to.', max: 200, example: 'Acme Corp' },
  email: { about: 'E-mail address.', max: 254, example: 'john@acme.example' },
  url: {
    about:
      'Its page, opened when it calls; an http(s) address. Without it the connection’s `contactUrl` makes one.',
    max: 2048,
    example: 'https://crm.example/contacts/4711',
  },
  metadata: { about: 'Anything of your own.', example: { segment: 'gold' } },
  country: {
    about: 'ISO 3166-1 alpha-2: those of the `phones` without a country code are of this one. Not kept.',
    max: 2,
    example: 'IL',
  },
} as const;

/** What a web browser opens. Whether it is reached from here does not matter: we never call it. */
export const PAGE = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** All of a contact but the id that its path may name. */
export class PutContactDto {
  @TextField(ABOUT.name)
  name!: string;

  @TextField({ ...ABOUT.company, ...NULLABLE })
  company?: string | null;

  @TextField({ ...ABOUT.email, ...NULLABLE })
  @IsEmail()
  email?: string | null;

  @TextField({ ...ABOUT.url, ...NULLABLE })
  @IsUrl(PAGE)
  url?: string | null;

  @ObjectField({ ...ABOUT.metadata, ...OPTIONAL, byDefault: {} })
  metadata?: Record<string, unknown>;

  @PhonesField()
  phones?: GivenPhone[];

  @ChoiceField({ ...ABOUT.kind, ...OPTIONAL, byDefault: 'person' })
  kind?: ContactKind;

  @IdField({ ...ABOUT.companyId, ...NULLABLE })
  companyId?: ContactId | null;

  @IdField({ ...ABOUT.ownerId, ...NULLABLE })
  ownerId?: AgentId | null;

  @ExternalIdsField()
  externalIds?: GivenExternalId[];

  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;
}

export class NewContactDto extends PutContactDto {
  @TextField({ ...ABOUT.externalId, ...NULLABLE })
  externalId?: string | null;
}

/** What is left out stays; numbers that are given replace all. */
export class ContactPatchDto {
  @TextField({ ...ABOUT.externalId, ...NULLABLE })
  externalId?: string | null;

  @TextField({ ...ABOUT.name, ...OPTIONAL })
  name?: string;

  @TextField({ ...ABOUT.company, ...NULLABLE })
  company?: string | null;

  @TextField({ ...ABOUT.email, ...NULLABLE })
  @IsEmail()
  email?: string | null;

  @TextField({ ...ABOUT.url, ...NULLABLE })
  @IsUrl(PAGE)
  url?: string | null;

  @ObjectField({ ...ABOUT.metadata, ...OPTIONAL })
  metadata?: Record<string, unknown>;

  @PhonesField()
  phones?: GivenPhone[];

  @ChoiceField({ ...ABOUT.kind, ...OPTIONAL })
  kind?: ContactKind;

  @IdField({ ...ABOUT.companyId, ...NULLABLE })
  companyId?: ContactId | null;

  @IdField({ ...ABOUT.ownerId, ...NULLABLE })
  ownerId?: AgentId | null;

  @ExternalIdsField()
  externalIds?: GivenExternalId[];

  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;
}

export class ContactQueryDto extends PageQueryDto {
  @TextField({
    about: 'Only those with this number, in any spelling that your connections read.',
    max: 64,
    example: '+972502345678',
    ...OPTIONAL,
  })
  number?: string;

  @TextField({
    about: 'Only those with this in their name or company, in any case, with or without accents.',
    max: 100,
    ...OPTIONAL,
  })
  text?: string;
}

export const EXPORT_FORMATS = ['csv', 'vcard'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class ExportQueryDto {
  @ChoiceField({
    about:
      'csv: a table that can be imported again as it is; vcard: for address books of phones and mail programs.',
    of: EXPORT_FORMATS,
    byDefault: 'csv',
    ...OPTIONAL,
  })
  format?: ExportFormat;
}

export class ContactPhoneDto {
  @Shown('E.164', { type: String, example: '+972502345678' })
  e164!: string;

  @Shown('What you call this number.', { ...SHOWN.textOrNull, example: 'Reception' })
  label!: string | null;

  @Shown('What kind of number it is.', { type: String, enum: [...PHONE_KINDS], nullable: true })
  kind!: PhoneKind | null;
}

export class ExternalIdDto {
  @Shown('What you call the system.', { type: String, example: 'hubspot' })
  source!: string;

  @Shown('Its id there.', { type: String, example: '4711' })
  id!: string;
}

export class ContactDto {
  @Shown('Id of the contact.', SHOWN.id)
  id!: string;

  @Shown(ABOUT.externalId.about, { ...SHOWN.textOrNull, example: ABOUT.externalId.example })
  externalId!: string | null;

  @Shown(EXTERNAL_IDS_ABOUT, { type: [ExternalIdDto] })
  externalIds!: ExternalIdDto[];

  @Shown(ABOUT.kind.about, { type: String, enum: [...CONTACT_KINDS] })
  kind!: ContactKind;

  @Shown(ABOUT.companyId.about, SHOWN.idOrNull)
  companyId!: string | null;

  @Shown(ABOUT.ownerId.about, SHOWN.idOrNull)
  ownerId!: string | null;

  @Shown(ABOUT.name.about, { type: String, example: ABOUT.name.example })
  name!: string;

  @Shown(ABOUT.company.about, { ...SHOWN.textOrNull, example: ABOUT.company.example })
  company!: string | null;

  @Shown(ABOUT.email.about, { ...SHOWN.textOrNull, example: ABOUT.email.example })
  email!: string | null;

  @Shown(ABOUT.url.about, { ...SHOWN.textOrNull, format: 'uri', example: ABOUT.url.example })
  url!: string | null;

  @Shown(ABOUT.metadata.about, SHOWN.object)
  metadata!: Record<string, unknown>;

  @Shown(PHONES_ABOUT, { type: [ContactPhoneDto] })
  phones!: ContactPhoneDto[];

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class ContactPageDto extends PageDto {
  @Shown('Newest first.', { type: [ContactDto] })
  data!: ContactDto[];
}
