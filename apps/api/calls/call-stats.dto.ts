import { IsTimeZone } from 'class-validator';
import { CALL_RESULTS, DIRECTIONS, type CallVolume, type SecondsSummary } from '#domain';
import { CALL_SPANS, type CallSpan } from '#db';
import { ChoiceField, IdField, TextField, TimeField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const SECONDS_OR_NULL = { type: Number, nullable: true, minimum: 0, example: 12 } as const;
const RATE = { type: Number, nullable: true, minimum: 0, maximum: 1, example: 0.94 } as const;

function countsOf(names: readonly string[]) {
  const properties = Object.fromEntries(names.map((name) => [name, COUNT]));
  return { type: 'object' as const, properties, required: [...names], additionalProperties: false };
}

export class CallStatsQueryDto {
  @TimeField({
    about: 'Calls that started then or later. A week before `to` where it is left out.',
    ...OPTIONAL,
  })
  from?: string;

  @TimeField({
    about: 'Calls that started before then; 366 days after `from` at most. Now where it is left out.',
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
    about: 'IANA time zone by whose clock hours and days begin.',
    max: 64,
    // PostgreSQL reads an offset in its name the other way round.
    pattern: /^[A-Za-z][A-Za-z0-9_+/-]*$/,
    byDefault: 'UTC',
    example: 'Asia/Jerusalem',
    ...OPTIONAL,
  })
  @IsTimeZone()
  zone?: string;

  @IdField({ about: 'Connection that they came by.', ...OPTIONAL })
  connectionId?: string;

  @IdField({ about: 'Agent who took part, by extension or code.', ...OPTIONAL })
  agentId?: string;

  @TextField({ about: "The PBX's id of a queue that they went through.", max: 64, ...OPTIONAL })
  queueId?: string;
}

export class CallVolumeDto implements CallVolume {
  @Shown('All of them.', COUNT)
  calls!: number;

  @Shown('By direction.', countsOf(DIRECTIONS))
  byDirection!: CallVolume['byDirection'];

  @Shown('By how they ended; `unknown` are those that go on.', countsOf(CALL_RESULTS))
  byResult!: CallVolume['byResult'];

  @Shown('Incoming calls that somebody answered.', COUNT)
  answered!: number;

  @Shown('Incoming calls that ended and that nobody took, a voicemail box included.', COUNT)
  missed!: number;

  @Shown(
    'Share of `answered` in `answered` and `missed` together, 0 to 1; null where there were neither.',
    RATE,
  )
  answerRate!: number | null;
}

export class SecondsDto implements SecondsSummary {
  @Shown('All together.', { type: Number, minimum: 0 })
  total!: number;

  @Shown('On average.', SECONDS_OR_NULL)
  average!: number | null;

  @Shown('Half of them took no longer.', SECONDS_OR_NULL)
  p50!: number | null;

  @Shown('19 of 20 took no longer.', SECONDS_OR_NULL)
  p95!: number | null;

  @Shown('The longest.', SECONDS_OR_NULL)
  longest!: number | null;
}

export class CallPointDto extends CallVolumeDto {
  @Shown('Beginning of the hour or day.', SHOWN.time)
  at!: string;
}

export class CallStatsDto extends CallVolumeDto {
  @Shown('Beginning of the window.', SHOWN.time)
  from!: string;

  @Shown('End of the window.', SHOWN.time)
  to!: string;

  @Shown('What each point of `buckets` stands for.', { type: String, enum: [...CALL_SPANS] })
  by!: CallSpan;

  @Shown('Time zone by whose clock they begin.', { type: String, example: 'UTC' })
  zone!: string;

  @Shown('False where there are more than 500,000 calls: only so many are counted, the latest.', {
    type: Boolean,
  })
  complete!: boolean;

  @Shown('How long they rang, in seconds, of those of which that is known.', { type: () => SecondsDto })
  ring!: SecondsDto;

  @Shown('How long was talked, in seconds, of those of which that is known.', { type: () => SecondsDto })
  talk!: SecondsDto;

  @Shown('The oldest first, without gaps; the first may begin before `from`.', { type: () => [CallPointDto] })
  buckets!: CallPointDto[];
}
