import { IsISO31661Alpha2, IsTimeZone, ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import {
  DIAL_GATES,
  LEAD_STATES,
  LONGEST_ORDER_VARIABLE,
  MOST_ORDER_VARIABLES,
  type DialGate,
  type LeadState,
} from '#domain';
import { LEAD_DUPLICATES, type LeadDuplicates } from '#db';
import {
  ChoiceField,
  CountField,
  FlagField,
  IdField,
  ObjectField,
  TextField,
  TimeField,
} from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
const NULLABLE = { optional: true, nullable: true } as const;
export const MOST_AT_ONCE = 10_000;
export const LONGEST_NUMBER = 64;
const MOST_PRIORITY = 1_000_000;

const ABOUT = {
  number: 'In E.164; as it came where it is no number.',
  name: { about: 'Who it is.', max: 200, example: 'Dana Levi' },
  priority: { about: 'Higher is sooner.', min: -MOST_PRIORITY, max: MOST_PRIORITY },
  callerId: {
    about: 'What the lead is shown: a number, or `Anonymous`. Null: as the campaign says.',
    max: 32,
    pattern: /^(?:\+?[\d\s().-]{1,32}|[Aa]nonymous)$/,
  },
  callerName: { about: 'The name that the lead is shown, where the PBX can.', max: 64 },
  customData: {
    about:
      `Up to ${String(MOST_ORDER_VARIABLES)} texts of up to ${String(LONGEST_ORDER_VARIABLE)} characters, under names of letters, ` +
      'digits and underscores. Whoever takes the call sees them, and its events have them in `customData`.',
    maxBytes: 4_096,
    example: { ticket: '4711' },
  },
  region: {
    about: 'State or province: a code such as `FL` or `US-FL`, or its English name.',
    max: 100,
    example: 'US-FL',
  },
  postal: { about: 'Postal code.', max: 20, example: '33101' },
  zone: { about: 'IANA time zone of where they are.', max: 64, example: 'America/New_York' },
  consentAt: { about: 'When they agreed to be called.' },
  notBefore: { about: 'They asked to be called then, and not before.' },
  maxTries: { about: 'Most calls to them. Null: as the campaign says.', min: 1, max: 100 },
  disposition: { about: 'What came of it, in a word of yours.', max: 100, example: 'renewed' },
  note: { about: 'For people.', max: 2_000 },
} as const;

/** What can be said of somebody, and changed later. */
export class LeadPatchDto {
  @TextField({ ...ABOUT.name, ...NULLABLE })
  name?: string | null;

  @CountField({ ...ABOUT.priority, ...OPTIONAL })
  priority?: number;

  @TextField({ ...ABOUT.callerId, ...NULLABLE })
  callerId?: string | null;

  @TextField({ ...ABOUT.callerName, ...NULLABLE })
  callerName?: string | null;

  @ObjectField({ ...ABOUT.customData, ...OPTIONAL })
  customData?: Record<string, unknown>;

  @TextField({ ...ABOUT.region, ...NULLABLE })
  region?: string | null;

  @TextField({ ...ABOUT.postal, ...NULLABLE })
  postal?: string | null;

  @TextField({ ...ABOUT.zone, ...NULLABLE })
  @IsTimeZone()
  zone?: string | null;

  @TimeField({ ...ABOUT.consentAt, ...NULLABLE })
  consentAt?: string | null;

  @TimeField({ ...ABOUT.notBefore, ...NULLABLE })
  notBefore?: string | null;

  @CountField({ ...ABOUT.maxTries, ...NULLABLE })
  maxTries?: number | null;
}

/** One of many. */
export class LeadRowDto extends LeadPatchDto {
  @TextField({
    about: 'Their phone number, with its country code or as one dials it in the country.',
    max: LONGEST_NUMBER,
    example: '050-234-5678',
  })
  number!: string;
}

const COUNTRY = {
  about: 'ISO 3166-1 alpha-2: numbers without a country code are of this one. Left out: of the connection’s.',
  max: 2,
  example: 'IL',
  ...OPTIONAL,
} as const;
const DUPLICATES = {
  about:
    'Who is not added again: `open`, whose number waits or is called in this campaign; `campaign`, whose number ever was on its list; ' +
    '`tenant`, whose number is on any list of yours.',
  of: LEAD_DUPLICATES,
  byDefault: 'open',
  ...OPTIONAL,
} as const;

export class NewLeadDto extends LeadRowDto {
  @TextField(COUNTRY)
  @IsISO31661Alpha2()
  country?: string;

  @ChoiceField(DUPLICATES)
  duplicates?: LeadDuplicates;
}

@ApiExtraModels(LeadRowDto)
export class NewLeadsDto {
  @TextField(COUNTRY)
  @IsISO31661Alpha2()
  country?: string;

  @ChoiceField(DUPLICATES)
  duplicates?: LeadDuplicates;

  @FlagField({
    about: 'Whether leads whose number cannot be dialled are kept, as `invalid` and with the reason.',
    byDefault: true,
    ...OPTIONAL,
  })
  keepInvalid?: boolean;

  /** Each is checked by itself: one that is wrong costs none of the others. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_AT_ONCE)
  @ApiProperty({
    description:
      'Up to 10,000, of 1 MiB together. One that is wrong is answered with a reason, and costs none of the others.',
    type: 'array',
    minItems: 1,
    maxItems: MOST_AT_ONCE,
    items: { $ref: getSchemaPath(LeadRowDto) },
    example: [{ number: '+972502345678', name: 'Dana Levi' }],
  })
  leads!: unknown[];
}

class RefusedLeadDto {
  @Shown('Its place in the list, from 0.', { type: 'integer' })
  index!: number;

  @Shown('What is wrong with it.', { type: String })
  reason!: string;
}

export class LeadsAddedDto {
  @Shown('How many are on the list now that were not before, and wait to be called.', { type: 'integer' })
  added!: number;

  @Shown('How many are there already, or came twice.', { type: 'integer' })
  unchanged!: number;

  @Shown('Whose number cannot be dialled.', { type: [RefusedLeadDto] })
  invalid!: RefusedLeadDto[];

  @Shown('Those that could not be read.', { type: [RefusedLeadDto] })
  refused!: RefusedLeadDto[];
}

export class LeadQueryDto extends PageQueryDto {
  @ChoiceField({ about: 'In one state.', of: LEAD_STATES, ...OPTIONAL })
  state?: LeadState;

  @TextField({ about: 'Of one number, with its country code.', max: 32, ...OPTIONAL })
  number?: string;

  @IdField({ about: 'That came in one file.', ...OPTIONAL })
  importId?: string;

  @TextField({ about: 'Of which this word was said; letters’ case matters.', max: 100, ...OPTIONAL })
  disposition?: string;

  @ChoiceField({ about: 'Which this rule held back at the last look at them.', of: DIAL_GATES, ...OPTIONAL })
  gate?: DialGate;
}

export class LeadDoneDto {
  @TextField({ ...ABOUT.disposition, ...NULLABLE })
  disposition?: string | null;

  @TextField({ ...ABOUT.note, ...NULLABLE })
  note?: string | null;
}

export class LeadDto {
  @Shown('Id of the lead.', SHOWN.id)
  id!: string;

  @Shown('On whose list.', SHOWN.id)
  campaignId!: string;

  @Shown('The file that it came in.', SHOWN.idOrNull)
  importId!: string | null;

  @Shown(ABOUT.number, { type: String, example: '+972502345678' })
  number!: string;

  @Shown(ABOUT.name.about, SHOWN.textOrNull)
  name!: string | null;

  @Shown(
    '`waiting` to be called; `offered` to an agent; `dialling`; `done`; `given_up`, the tries are used up or no rule will ever let it ' +
      'be called; `invalid`, no number; `removed` from the list.',
    { type: String, enum: [...LEAD_STATES] },
  )
  state!: LeadState;

  @Shown(ABOUT.priority.about, { type: 'integer' })
  priority!: number;

  @Shown(ABOUT.callerId.about, SHOWN.textOrNull)
  callerId!: string | null;

  @Shown(ABOUT.callerName.about, SHOWN.textOrNull)
  callerName!: string | null;

  @Shown(ABOUT.customData.about, { type: 'object', additionalProperties: { type: 'string' } })
  customData!: Record<string, string>;

  @Shown(ABOUT.region.about, SHOWN.textOrNull)
  region!: string | null;

  @Shown(ABOUT.postal.about, SHOWN.textOrNull)
  postal!: string | null;

  @Shown(ABOUT.zone.about, SHOWN.textOrNull)
  zone!: string | null;

  @Shown(ABOUT.consentAt.about, SHOWN.timeOrNull)
  consentAt!: string | null;

  @Shown(ABOUT.notBefore.about, SHOWN.timeOrNull)
  notBefore!: string | null;

  @Shown(ABOUT.maxTries.about, SHOWN.countOrNull)
  maxTries!: number | null;

  @Shown('Calls to them so far.', { type: 'integer' })
  attempts!: number;

  @Shown('When they are called next, where they wait.', SHOWN.timeOrNull)
  nextAt!: string | null;

  @Shown('The rule that held them back at the last look.', SHOWN.textOrNull)
  gate!: string | null;

  @Shown('Why they are not called, as far as that was seen; GET …/why looks again.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown('What became of the last call.', SHOWN.textOrNull)
  lastResult!: string | null;

  @Shown('When it was.', SHOWN.timeOrNull)
  lastAt!: string | null;

  @Shown('Who has the lead on the screen, or spoke with them.', SHOWN.idOrNull)
  agentId!: string | null;

  @Shown(ABOUT.disposition.about, SHOWN.textOrNull)
  disposition!: string | null;

  @Shown(ABOUT.note.about, SHOWN.textOrNull)
  note!: string | null;

  @Shown('When it was added.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class LeadPageDto extends PageDto {
  @Shown('Newest first.', { type: [LeadDto] })
  data!: LeadDto[];
}
