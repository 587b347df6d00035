import { ApiProperty, getSchemaPath, ApiExtraModels } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsEmail, IsISO31661Alpha2, IsUrl } from 'class-validator';
import type { ContactKind } from '#domain';
import { ChoiceField, ObjectField, TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { ABOUT, LONGEST_EXTERNAL_ID, PAGE } from './contact.dto.js';
import { SOURCE_NAME } from './external-ids-field.decorator.js';
import { PhonesField, type GivenPhone } from './phones-field.decorator.js';

export const MOST_AT_ONCE = 1_000;

const OPTIONAL = { optional: true } as const;
const NULLABLE = { optional: true, nullable: true } as const;

/** One of many; what is left out stays as it is. */
export class BulkContactDto {
  @TextField({
    about: 'Your id of it, or its id in the `source`.',
    max: LONGEST_EXTERNAL_ID,
    example: 'crm-4711',
  })
  externalId!: string;

  @ChoiceField({ ...ABOUT.kind, ...OPTIONAL })
  kind?: ContactKind;

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
}

@ApiExtraModels(BulkContactDto)
export class BulkContactsDto {
  @TextField({
    about: 'The system whose ids they are named by, such as `hubspot`. Without it by your own one.',
    max: 40,
    pattern: SOURCE_NAME,
    example: 'hubspot',
    ...OPTIONAL,
  })
  source?: string;

  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;

  /** Each is checked by itself: one that is wrong costs none of the others. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_AT_ONCE)
  @ApiProperty({
    description: 'Up to 1,000 contacts, each once.',
    type: 'array',
    minItems: 1,
    maxItems: MOST_AT_ONCE,
    items: { $ref: getSchemaPath(BulkContactDto) },
  })
  contacts!: unknown[];
}

export const BULK_OUTCOMES = ['made', 'changed', 'unchanged', 'failed'] as const;
export type BulkOutcome = (typeof BULK_OUTCOMES)[number];

export class BulkErrorDto {
  @Shown('Path of the member.', { type: String, example: 'phones.0.number' })
  field!: string;

  @Shown('What is wrong with it.', { type: String })
  message!: string;
}

export class BulkResultDto {
  @Shown('Its place in the list, from 0.', { type: 'integer' })
  index!: number;

  @Shown('The id by which it was named; null where it could not be read.', SHOWN.textOrNull)
  externalId!: string | null;

  @Shown('Id of the contact; null for one that failed.', SHOWN.idOrNull)
  id!: string | null;

  @Shown('What became of it.', { type: String, enum: [...BULK_OUTCOMES] })
  outcome!: BulkOutcome;

  @Shown('Why it failed; empty for the others.', { type: [BulkErrorDto] })
  errors!: BulkErrorDto[];
}

export class BulkResultsDto {
  @Shown('One for each contact, in their order.', { type: [BulkResultDto] })
  data!: BulkResultDto[];
}
