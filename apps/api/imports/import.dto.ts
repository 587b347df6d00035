import { IsISO31661Alpha2 } from 'class-validator';
import { readColumn } from '#domain';
import { IMPORT_STATES, type ImportState } from '#db';
import { ChoiceField, FlagField, TextField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { ColumnsField } from './columns-field.decorator.js';

export const OPTIONAL = { optional: true } as const;

export const ABOUT = {
  country: {
    about:
      'ISO 3166-1 alpha-2: numbers without a country code are of this one. Without it they must be in E.164.',
    max: 2,
    example: 'IL',
  },
  delimiter: {
    about: 'What stands between two cells; guessed when it is not said.',
    min: 1,
    max: 1,
    pattern: /^[,;\t|]$/,
    example: ',',
  },
  hasHeader: { about: 'Whether the first row names the columns; guessed when it is not said.' },
  columns:
    'What each column holds: `externalId`, `name`, `firstName`, `lastName`, `company`, `email`, `url`, `phone`, `phone:mobile` (any label), `metadata:segment` (any key), or an empty text for a column that is left out.',
} as const;

export class UploadQueryDto {
  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;

  @TextField({ ...ABOUT.delimiter, ...OPTIONAL })
  delimiter?: string;

  @FlagField({ ...ABOUT.hasHeader, ...OPTIONAL, fromQuery: true })
  hasHeader?: boolean;

  @TextField({
    about: 'How the file is written, such as `windows-1255`; found out when it is not said.',
    max: 40,
    example: 'utf-8',
    ...OPTIONAL,
  })
  charset?: string;

  @TextField({ about: 'Its name, to be shown.', max: 200, example: 'contacts.csv', ...OPTIONAL })
  fileName?: string;
}

export class StartImportDto {
  @ColumnsField({
    about: `${ABOUT.columns} Those that were guessed when it is left out.`,
    read: readColumn,
    example: ['externalId', 'name', 'phone:mobile', ''],
  })
  columns?: string[];

  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;

  @TextField({ ...ABOUT.delimiter, ...OPTIONAL })
  delimiter?: string;

  @FlagField({ ...ABOUT.hasHeader, ...OPTIONAL })
  hasHeader?: boolean;

  @FlagField({
    about:
      'Only count what would be made and changed, and list what cannot be read. It can be started afterwards.',
    byDefault: false,
    ...OPTIONAL,
  })
  dryRun?: boolean;
}

export class ImportQueryDto extends PageQueryDto {
  @ChoiceField({ about: 'Only those in this state.', of: IMPORT_STATES, ...OPTIONAL })
  state?: ImportState;
}

/** Of an import of either kind. */
export class ImportFactsDto {
  @Shown('Id of the import.', SHOWN.id)
  id!: string;

  @Shown('waiting: to be started; checked: a dry run is over; failed: the file cannot be read on.', {
    type: String,
    enum: [...IMPORT_STATES],
  })
  state!: ImportState;

  @Shown('As it was said.', SHOWN.textOrNull)
  fileName!: string | null;

  @Shown('How the file was written.', { type: String, example: 'utf-8' })
  charset!: string;

  @Shown('What stands between two cells.', { type: String, example: ',' })
  delimiter!: string;

  @Shown('Whether the first row names the columns.', { type: Boolean })
  hasHeader!: boolean;

  @Shown('The names of the columns; empty without a header.', { type: [String] })
  header!: string[];

  @Shown('What each column holds; empty where it is left out.', {
    type: [String],
    example: ['externalId', 'name', 'phone:mobile', ''],
  })
  columns!: string[];

  @Shown('Numbers without a country code are of this one.', SHOWN.textOrNull)
  country!: string | null;

  @Shown('Whether it only counts, or counted.', { type: Boolean })
  dryRun!: boolean;

  @Shown('Bytes of the file in UTF-8.', { type: 'integer' })
  bytes!: number;

  @Shown('Bytes that were dealt with.', { type: 'integer' })
  handledBytes!: number;

  @Shown('Contacts that were put back as they were, or removed; leads that were taken off the list.', {
    type: 'integer',
  })
  undone!: number;

  @Shown(
    'Contacts that others changed or deleted since, leads that were dialled: they are left as they are.',
    { type: 'integer' },
  )
  undoRefused!: number;

  @Shown('Why it ended early.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown('Id of who sent it: an API key, a person or a portal session.', { type: String })
  createdBy!: string;

  @Shown('When it was sent.', SHOWN.time)
  createdAt!: string;

  @Shown('When it last got on.', SHOWN.time)
  updatedAt!: string;

  @Shown('When it was over.', SHOWN.timeOrNull)
  finishedAt!: string | null;
}

export class ImportDto extends ImportFactsDto {
  @Shown('Rows that were read: the sum of the following.', { type: 'integer' })
  rows!: number;

  @Shown('Contacts that were made.', { type: 'integer' })
  made!: number;

  @Shown('Contacts that were changed.', { type: 'integer' })
  changed!: number;

  @Shown('Contacts that were so already.', { type: 'integer' })
  unchanged!: number;

  @Shown('Rows of a contact that a row close behind tells of again; the last one counts.', {
    type: 'integer',
  })
  repeated!: number;

  @Shown('Rows with nothing to import.', { type: 'integer' })
  failed!: number;
}

export class ImportDetailDto extends ImportDto {
  @Shown('The first rows, as long as it can be started.', {
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
  })
  sample!: string[][];
}

export class ImportPageDto extends PageDto {
  @Shown('Newest first.', { type: [ImportDto] })
  data!: ImportDto[];
}
