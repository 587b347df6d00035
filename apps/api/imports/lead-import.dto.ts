import { IsISO31661Alpha2, IsTimeZone } from 'class-validator';
import { readLeadColumn } from '#domain';
import { LEAD_DUPLICATES, type LeadDuplicates } from '#db';
import { ChoiceField, FlagField, TextField } from '../http/field.decorator.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { ColumnsField } from './columns-field.decorator.js';
import { ABOUT, ImportFactsDto, OPTIONAL } from './import.dto.js';

const COLUMNS =
  'What each column holds: `phone`, `name`, `priority`, `callerId`, `callerName`, `notBefore` (not called before), `consentAt`, `region`, `postal`, `zone`, `maxTries`, `custom:segment` (told with the call by that name, at most 10), or an empty text for a column that is left out.';
const DUPLICATES =
  'Whose number is not added again: of a lead of the campaign that is still to be called (`open`), of any lead of the campaign (`campaign`), of any lead of any campaign (`tenant`). A number counts once in a file in any case.';
const TIME_ZONE =
  'IANA zone of times that do not say theirs; null for that of the country, or UTC where it has several.';

export class StartLeadImportDto {
  @ColumnsField({
    about: `${COLUMNS} Those that were guessed when it is left out.`,
    read: readLeadColumn,
    example: ['phone', 'name', 'custom:segment', ''],
  })
  columns?: string[];

  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;

  @TextField({ ...ABOUT.delimiter, ...OPTIONAL })
  delimiter?: string;

  @FlagField({ ...ABOUT.hasHeader, ...OPTIONAL })
  hasHeader?: boolean;

  @ChoiceField({ about: DUPLICATES, of: LEAD_DUPLICATES, byDefault: 'open', ...OPTIONAL })
  duplicates?: LeadDuplicates;

  @FlagField({
    about: 'Whether a lead whose number cannot be dialled is kept, as `invalid` with the reason.',
    byDefault: false,
    ...OPTIONAL,
  })
  keepInvalid?: boolean;

  @TextField({ about: TIME_ZONE, max: 60, example: 'Asia/Jerusalem', nullable: true, ...OPTIONAL })
  @IsTimeZone()
  timeZone?: string | null;

  @FlagField({
    about: 'Only count what would be added, and list what cannot be read. It can be started afterwards.',
    byDefault: false,
    ...OPTIONAL,
  })
  dryRun?: boolean;
}

export class LeadImportDto extends ImportFactsDto {
  @Shown('Id of the campaign.', SHOWN.id)
  campaignId!: string;

  @Shown(DUPLICATES, { type: String, enum: [...LEAD_DUPLICATES] })
  duplicatesOf!: LeadDuplicates;

  @Shown('Whether leads whose number cannot be dialled are kept.', { type: Boolean })
  keepInvalid!: boolean;

  @Shown(TIME_ZONE, SHOWN.textOrNull)
  timeZone!: string | null;

  @Shown('Rows that were read: the sum of the following.', { type: 'integer' })
  rows!: number;

  @Shown('Leads that were added.', { type: 'integer' })
  made!: number;

  @Shown('Leads that are kept though they cannot be dialled.', { type: 'integer' })
  invalid!: number;

  @Shown('Rows with a number that was on a list already.', { type: 'integer' })
  duplicates!: number;

  @Shown('Rows with a number that the file told of before; the first one counts.', { type: 'integer' })
  repeated!: number;

  @Shown('Rows with nobody to call.', { type: 'integer' })
  failed!: number;
}

export class LeadImportDetailDto extends LeadImportDto {
  @Shown('The first rows, as long as it can be started.', {
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
  })
  sample!: string[][];
}

export class LeadImportPageDto extends PageDto {
  @Shown('Newest first.', { type: [LeadImportDto] })
  data!: LeadImportDto[];
}
