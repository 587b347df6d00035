import { IsTimeZone } from 'class-validator';
import { DIAL_GATES, LEAD_STATES } from '#domain';
import { CALL_SPANS, type CallSpan } from '#db';
import { ChoiceField, TextField, TimeField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const RATE = { type: Number, nullable: true, minimum: 0, maximum: 1, example: 0.02 } as const;

export class CampaignStatsQueryDto {
  @TimeField({
    about: 'From the hour on in which this is. A week before `to` where it is left out.',
    ...OPTIONAL,
  })
  from?: string;

  @TimeField({
    about: 'Hours before this; 366 days after `from` at most. Now where it is left out.',
    ...OPTIONAL,
  })
  to?: string;

  @ChoiceField({
    about: 'What a point of `buckets` stands for. By the hour for 31 days at most.',
    of: CALL_SPANS,
    byDefault: 'day',
    ...OPTIONAL,
  })
  by?: CallSpan;

  @TextField({
    about: 'IANA time zone by whose clock days begin.',
    max: 64,
    pattern: /^[A-Za-z][A-Za-z0-9_+/-]*$/,
    byDefault: 'UTC',
    example: 'Asia/Jerusalem',
    ...OPTIONAL,
  })
  @IsTimeZone()
  zone?: string;
}

export class CampaignVolumeDto {
  @Shown('Calls that were placed.', COUNT)
  dials!: number;

  @Shown('Those that a person answered.', COUNT)
  answers!: number;

  @Shown('Of the answers: somebody was there for them.', COUNT)
  served!: number;

  @Shown('Of the answers: nobody was.', COUNT)
  drops!: number;

  @Shown('Calls to a line in use.', COUNT)
  busy!: number;

  @Shown('Calls that nobody answered, or a machine did.', COUNT)
  unanswered!: number;

  @Shown('Calls that failed, or of which nothing was told.', COUNT)
  failed!: number;

  @Shown('Seconds that people talked.', COUNT)
  talkSeconds!: number;

  @Shown('Share of `answers` in `dials`; null where there were none.', RATE)
  answerRate!: number | null;

  @Shown('Share of `drops` in `answers`; null where there were none.', RATE)
  abandonment!: number | null;
}

export class CampaignPointDto extends CampaignVolumeDto {
  @Shown('When the hour or day begins.', SHOWN.time)
  at!: string;
}

export class MonthDto {
  @Shown('Calls that a person answered.', COUNT)
  answers!: number;

  @Shown('Those of them for whom nobody was there.', COUNT)
  drops!: number;

  @Shown('Share of `drops` in `answers`; null where there were none.', RATE)
  abandonment!: number | null;

  @Shown('Whether that is within the target; null where there were no answers.', {
    type: Boolean,
    nullable: true,
  })
  withinTarget!: boolean | null;
}

export class CampaignStatsDto {
  @Shown('From when on.', SHOWN.time)
  from!: string;

  @Shown('Until when.', SHOWN.time)
  to!: string;

  @Shown('What a bucket stands for.', { type: String, enum: [...CALL_SPANS] })
  by!: CallSpan;

  @Shown('By whose clock days begin.', { type: String })
  zone!: string;

  @Shown('All of them.', { type: CampaignVolumeDto })
  total!: CampaignVolumeDto;

  @Shown('The oldest first; those in which nobody was called are left out.', { type: [CampaignPointDto] })
  buckets!: CampaignPointDto[];

  @Shown(
    'The share of answers that may find nobody: the strictest of the campaign’s pacing, its rules and their packs.',
    {
      type: Number,
      minimum: 0,
      maximum: 1,
    },
  )
  target!: number;

  @Shown('The last 30 days, whatever was asked for: what laws count.', { type: MonthDto })
  last30Days!: MonthDto;

  @Shown('Its leads by their state.', {
    type: 'object',
    properties: Object.fromEntries(LEAD_STATES.map((state) => [state, COUNT])),
    required: [...LEAD_STATES],
    additionalProperties: false,
  })
  leads!: Record<(typeof LEAD_STATES)[number], number>;
}

class AgentsDto {
  @Shown('Phones that it calls for.', COUNT)
  members!: number;

  @Shown('Those that were free at the dialer’s last look.', COUNT)
  free!: number;

  @Shown('Those that were in a call, or after one.', COUNT)
  busy!: number;
}

class HeldLeadsDto {
  @Shown('What holds them: a gate of the rules of dialling.', { type: String, enum: [...DIAL_GATES] })
  gate!: (typeof DIAL_GATES)[number];

  @Shown('How many leads that wait.', COUNT)
  leads!: number;

  @Shown('When the first of them may be called.', SHOWN.time)
  nextAt!: string;
}

export class CampaignWhyDto {
  @Shown(
    'What decides, in a word: `dialling`, a rule of the pacing, or the first thing that stands in the way.',
    {
      type: String,
      example: 'leads_wait',
    },
  )
  rule!: string;

  @Shown('The same as a sentence.', {
    type: String,
    example: 'It is outside the calling hours in Europe/London.',
  })
  why!: string;

  @Shown('When it goes on by itself. Null: at once, or not by itself.', SHOWN.timeOrNull)
  nextAt!: string | null;

  @Shown('For whom it calls.', { type: AgentsDto })
  agents!: AgentsDto;

  @Shown('Leads that could be called now, by their times; 10,000 at most are counted.', COUNT)
  due!: number;

  @Shown('Calls that ring or are talked on.', COUNT)
  onTheLine!: number;

  @Shown(
    'Leads that wait and are not to be called yet, by what held them at the last look at them. Of the first 100,000 by their times.',
    { type: [HeldLeadsDto] },
  )
  held!: HeldLeadsDto[];

  @Shown('When the dialer last found something new. Null: it has not looked yet.', SHOWN.timeOrNull)
  lookedAt!: string | null;
}

class ZoneTimeDto {
  @Shown('IANA name.', { type: String, example: 'America/New_York' })
  zone!: string;

  @Shown('What time it is there.', { type: String, example: '07:45' })
  time!: string;
}

export class LeadWhyDto {
  @Shown('Whether it may be called now.', { type: Boolean })
  may!: boolean;

  @Shown('The first rule that says no; null where it may be called.', {
    type: String,
    nullable: true,
    enum: [...DIAL_GATES, 'open_call', null],
  })
  gate!: string | null;

  @Shown('The same as a sentence.', {
    type: String,
    example: 'It is outside the calling hours in America/New_York.',
  })
  reason!: string;

  @Shown(
    'When it may be called by all rules, if nothing happens until then. Null: now, or not by itself.',
    SHOWN.timeOrNull,
  )
  nextAt!: string | null;

  @Shown(
    'Where the lead may be, as far as its number and what was said of it tell: it has to be calling time in all of them.',
    {
      type: [ZoneTimeDto],
    },
  )
  zones!: ZoneTimeDto[];
}

class DialPackDto {
  @Shown('How campaigns name it in `settings.rules.packs`.', { type: String, example: 'uk' })
  id!: string;

  @Shown('Counts up whenever a limit changes.', { type: 'integer' })
  version!: number;

  @Shown('What it is.', { type: String })
  title!: string;

  @Shown('The statutes and rules that it was made from.', { type: [String] })
  sources!: string[];

  @Shown('What to mind.', { type: String })
  note!: string;

  @Shown(
    'The limits that it sets; where several packs and the campaign differ, the strictest holds.',
    SHOWN.object,
  )
  limits!: object;
}

export class DialPacksDto {
  @Shown('All that this build knows.', { type: [DialPackDto] })
  data!: DialPackDto[];
}
