import { OUTCOME_CLASSES, MOST_STAT_HOURS, STAT_SPANS, type StatSpan } from '#domain';
import { ENDPOINT_STATES, type EndpointState } from '#db';
import { ChoiceField, CountField } from '../../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../../http/page.dto.js';
import { SHOWN, Shown } from '../../http/shown.decorator.js';

export const DEFAULT_STAT_HOURS = 24;
const HOURS = {
  about: 'How far back to look.',
  min: 1,
  max: MOST_STAT_HOURS,
  byDefault: DEFAULT_STAT_HOURS,
  optional: true,
  fromQuery: true,
} as const;
const COUNT = { type: 'integer' } as const;
const MS_OR_NULL = { type: Number, nullable: true, example: 84.2 } as const;
const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;
const SUCCESS_RATE = { type: Number, nullable: true, minimum: 0, maximum: 1, example: 0.998 } as const;
const SUCCESS_RATE_ABOUT = 'Share of tries that got through, 0 to 1. Null where none did or failed to.';
const BREAKER_STATES = ['closed', 'open', 'half_open'] as const;

export class EndpointStatsQueryDto {
  @CountField(HOURS)
  hours?: number;
}

export class EndpointOverviewQueryDto extends PageQueryDto {
  @ChoiceField({ about: 'Only those in this state.', of: ENDPOINT_STATES, optional: true })
  state?: EndpointState;

  @CountField(HOURS)
  hours?: number;
}

export class LatencyDto {
  @Shown('Half of them took no longer.', MS_OR_NULL)
  p50Ms!: number | null;

  @Shown('19 of 20 took no longer.', MS_OR_NULL)
  p95Ms!: number | null;

  @Shown('99 of 100 took no longer.', MS_OR_NULL)
  p99Ms!: number | null;

  @Shown('The longest.', MS_OR_NULL)
  maxMs!: number | null;
}

export class StatPointDto {
  @Shown('Beginning of the minute or hour.', SHOWN.time)
  at!: string;

  @Shown('Tries that got through.', COUNT)
  delivered!: number;

  @Shown('Tries that failed.', COUNT)
  failed!: number;

  @Shown('Half of the answers took no longer; null where there were none.', MS_OR_NULL)
  p50Ms!: number | null;

  @Shown('19 of 20 took no longer.', MS_OR_NULL)
  p95Ms!: number | null;

  @Shown('99 of 100 took no longer.', MS_OR_NULL)
  p99Ms!: number | null;
}

export class BacklogDto {
  @Shown('How many there are.', COUNT)
  count!: number;

  @Shown('Counting was broken off: there are at least so many.', { type: Boolean })
  atLeast!: boolean;
}

export class EndpointNowDto {
  @Shown('State of the endpoint.', { type: String, enum: [...ENDPOINT_STATES] })
  state!: EndpointState;

  @Shown('Deliveries to be tried, for the first time or again.', { type: BacklogDto })
  due!: BacklogDto;

  @Shown('Deliveries that wait for the endpoint to be enabled.', { type: BacklogDto })
  held!: BacklogDto;

  @Shown('When the oldest delivery that is due was made.', SHOWN.timeOrNull)
  oldestWaitingSince!: string | null;

  @Shown('When the next delivery is tried; null where there is none, or nothing is sent.', SHOWN.timeOrNull)
  nextAttemptAt!: string | null;

  @Shown('open: it failed too often, so all waits; half_open: one delivery is being tried.', {
    type: String,
    enum: [...BREAKER_STATES],
  })
  breaker!: (typeof BREAKER_STATES)[number];

  @Shown('Until when the breaker keeps everything waiting; null when it is closed.', SHOWN.timeOrNull)
  breakerUntil!: string | null;

  @Shown('Failures since the last delivery that got through.', COUNT)
  failuresInARow!: number;

  @Shown('When the first of these was, once there are enough to call it failing.', SHOWN.timeOrNull)
  failingSince!: string | null;

  @Shown('Its rate limit, in words.', { type: String, example: '5 of 10 may go at once.' })
  rateLimit!: string;
}

export class EndpointStatsDto {
  @Shown('Beginning of the window: that of a whole minute or hour.', SHOWN.time)
  from!: string;

  @Shown('End of the window. What was tried in the last ten seconds may be missing.', SHOWN.time)
  to!: string;

  @Shown('What each point of `buckets` stands for.', { type: String, enum: [...STAT_SPANS] })
  bucket!: StatSpan;

  @Shown('All tries. One that the endpoint put off (`throttled`) has neither got through nor failed.', COUNT)
  tries!: number;

  @Shown('Tries that got through.', COUNT)
  delivered!: number;

  @Shown('Tries that failed; most of these deliveries are tried again.', COUNT)
  failed!: number;

  @Shown(SUCCESS_RATE_ABOUT, SUCCESS_RATE)
  successRate!: number | null;

  @Shown(`Tries by what came of them: ${OUTCOME_CLASSES.join(', ')}.`, COUNTS)
  byOutcome!: Record<string, number>;

  @Shown('Tries by the hundred of their HTTP status; `none`: there was no answer.', COUNTS)
  byStatus!: Record<string, number>;

  @Shown('How long tries took that were answered, in milliseconds, at most a tenth off.', {
    type: LatencyDto,
  })
  answered!: LatencyDto;

  @Shown('The same of all tries.', { type: LatencyDto })
  all!: LatencyDto;

  @Shown('The oldest first, without gaps.', { type: [StatPointDto] })
  buckets!: StatPointDto[];

  @Shown('How the endpoint stands now.', { type: EndpointNowDto })
  now!: EndpointNowDto;
}

export class EndpointOverviewDto {
  @Shown('Id of the endpoint.', SHOWN.id)
  id!: string;

  @Shown('What people call it.', { type: String, example: 'CRM' })
  name!: string;

  @Shown('State of the endpoint.', { type: String, enum: [...ENDPOINT_STATES] })
  state!: EndpointState;

  @Shown(SUCCESS_RATE_ABOUT, SUCCESS_RATE)
  successRate!: number | null;

  @Shown('19 of 20 answers took no longer.', MS_OR_NULL)
  p95Ms!: number | null;

  @Shown('Deliveries to be tried, counted up to 1,000.', { type: BacklogDto })
  backlog!: BacklogDto;

  @Shown('When the oldest of these was made.', SHOWN.timeOrNull)
  oldestWaitingSince!: string | null;

  @Shown('How its deliveries are written.', { type: String, example: 'standard' })
  format!: string;

  @Shown('Where its deliveries go, unless the settings of its format name a URL.', {
    type: String,
    example: 'https://crm.example/hook',
  })
  url!: string;

  @Shown('What each point of `buckets` stands for.', { type: String, enum: [...STAT_SPANS] })
  bucket!: StatSpan;

  @Shown('The oldest first, without gaps.', { type: [StatPointDto] })
  buckets!: StatPointDto[];
}

export class EndpointOverviewPageDto extends PageDto {
  @Shown('The newest endpoint first.', { type: [EndpointOverviewDto] })
  data!: EndpointOverviewDto[];
}
