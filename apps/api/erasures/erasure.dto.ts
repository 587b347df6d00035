import { IsISO31661Alpha2 } from 'class-validator';
import { ERASURE_KEEPS, ERASURE_STATES, type ErasureKeep, type ErasureState } from '#db';
import { ChoiceField, CountField, FlagField, TextField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
const LONGEST_NUMBER = 64;
const MOST_WAIT_MINUTES = 24 * 60;
export const WAIT_MINUTES = 60;

const ABOUT = {
  number: { about: 'The number, in E.164 or as it is dialled in `country`.', max: LONGEST_NUMBER },
  country: { about: 'ISO 3166-1 alpha-2: what the number is of when it has no country code.', max: 2 },
  keep: {
    about:
      'What stays of its calls. `anonymous`: when they were, how long, how they ended and which of your own people took them, so that statistics stay. `nothing`: they are deleted.',
    of: ERASURE_KEEPS,
  },
  force: 'Also erase calls of which deliveries are held for an endpoint: these are not told any more.',
} as const;

export class NewErasureDto {
  @TextField({ ...ABOUT.number, example: '+972502345678' })
  number!: string;

  @TextField({ ...ABOUT.country, example: 'IL', ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;

  @FlagField({
    about: 'Only count what there is and wait for `start`. With false it goes on by itself.',
    byDefault: true,
    ...OPTIONAL,
  })
  dryRun?: boolean;

  @ChoiceField({ ...ABOUT.keep, byDefault: 'anonymous', ...OPTIONAL })
  keep?: ErasureKeep;

  @FlagField({ about: ABOUT.force, byDefault: false, ...OPTIONAL })
  force?: boolean;

  @CountField({
    about:
      'How long to wait for calls that go on and for deliveries that are due, before anything is deleted.',
    min: 0,
    max: MOST_WAIT_MINUTES,
    byDefault: WAIT_MINUTES,
    ...OPTIONAL,
  })
  waitMinutes?: number;
}

export class StartErasureDto {
  @ChoiceField({ ...ABOUT.keep, ...OPTIONAL })
  keep?: ErasureKeep;

  @FlagField({ about: ABOUT.force, ...OPTIONAL })
  force?: boolean;
}

export class ErasureQueryDto extends PageQueryDto {
  @ChoiceField({ about: 'Only those in this state.', of: ERASURE_STATES, ...OPTIONAL })
  state?: ErasureState;

  @TextField({
    about: 'Only those of this number, also when they are over.',
    max: LONGEST_NUMBER,
    ...OPTIONAL,
  })
  number?: string;

  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;
}

export class NumberQueryDto {
  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;
}

export class ErasedTableDto {
  @Shown('What it is of, such as `call` or `receipt`.', { type: String })
  table!: string;

  @Shown('Rows that were deleted.', { type: 'integer' })
  deleted!: number;

  @Shown('Rows that stay without the number.', { type: 'integer' })
  masked!: number;
}

export class SkippedRowDto {
  @Shown('What it is of.', { type: String })
  table!: string;

  @Shown('Its id.', { type: String })
  id!: string;

  @Shown('Why it was left as it is.', { type: String })
  why!: string;
}

export class ErasureReportDto {
  @Shown('How many rows, by table.', { type: [ErasedTableDto] })
  tables!: ErasedTableDto[];

  @Shown('What was left as it is, the first 200.', { type: [SkippedRowDto] })
  skipped!: SkippedRowDto[];

  @Shown('How many more there are.', { type: 'integer' })
  skippedMore!: number;

  @Shown(
    'Addresses of recordings of its calls, the first 200. Links to them stop working; the recordings are at the PBX: delete them there.',
    { type: [String] },
  )
  recordings!: string[];

  @Shown('How many more there are.', { type: 'integer' })
  recordingsMore!: number;
}

export class ErasureWaitsDto {
  @Shown('Calls of the number that are not over.', { type: 'integer' })
  calls!: number;

  @Shown('Deliveries of its calls that are due.', { type: 'integer' })
  deliveries!: number;
}

export class ErasureDto {
  @Shown('Id of the erasure.', SHOWN.id)
  id!: string;

  @Shown(
    'counted: to be started; telling: it waits for what it is still to tell; failed: what was deleted stays so, and it can be started again.',
    { type: String, enum: [...ERASURE_STATES] },
  )
  state!: ErasureState;

  @Shown('In E.164; null when it is done or cancelled.', SHOWN.textOrNull)
  number!: string | null;

  @Shown('The last two digits, by which people know which one it was.', { type: String, example: '78' })
  lastDigits!: string;

  @Shown('What stays of its calls.', { type: String, enum: [...ERASURE_KEEPS] })
  keep!: ErasureKeep;

  @Shown('Whether calls with held deliveries are erased.', { type: Boolean })
  force!: boolean;

  @Shown('Whether it waits to be started once it has counted.', { type: Boolean })
  dryRun!: boolean;

  @Shown('Which table it is at, and whether for the first time; null when it is at none.', SHOWN.textOrNull)
  at!: string | null;

  @Shown('What it waits for before it deletes.', { type: ErasureWaitsDto, nullable: true })
  waitsFor!: ErasureWaitsDto | null;

  @Shown('Until when it waits for that.', SHOWN.timeOrNull)
  waitUntil!: string | null;

  @Shown('What there was when it counted; null until then.', { type: ErasureReportDto, nullable: true })
  preview!: ErasureReportDto | null;

  @Shown('What was done so far; null before.', { type: ErasureReportDto, nullable: true })
  report!: ErasureReportDto | null;

  @Shown('Why it ended early.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown('Id of the API key that ordered it.', { type: String })
  createdBy!: string;

  @Shown('When it was ordered.', SHOWN.time)
  createdAt!: string;

  @Shown('When it last got on.', SHOWN.time)
  updatedAt!: string;

  @Shown('When it was over.', SHOWN.timeOrNull)
  finishedAt!: string | null;
}

export class ErasurePageDto extends PageDto {
  @Shown('Newest first.', { type: [ErasureDto] })
  data!: ErasureDto[];
}
