import { NEED_CODES, NEED_SUBJECTS, type Need, type NeedCode, type WordParams } from '#domain';
import { ENDPOINT_STATES } from '#db';
import { CallVolumeDto } from '../calls/call-stats.dto.js';
import { BacklogDto, LatencyDto, StatPointDto } from '../endpoints/stats/endpoint-stats.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const COUNT = { type: 'integer', minimum: 0 } as const;
const RATE = { type: Number, nullable: true, minimum: 0, maximum: 1, example: 0.998 } as const;

export class TryFiguresDto {
  @Shown('All tries; one that an endpoint put off has neither got through nor failed.', COUNT)
  tries!: number;

  @Shown('Tries that got through.', COUNT)
  delivered!: number;

  @Shown('Tries that failed; most of these deliveries are tried again.', COUNT)
  failed!: number;

  @Shown('Share of tries that got through, 0 to 1. Null where none did or failed to.', RATE)
  successRate!: number | null;

  @Shown('How long tries took that were answered, in milliseconds, at most a tenth off.', {
    type: LatencyDto,
  })
  answered!: LatencyDto;
}

export class WaitingDto {
  @Shown('Endpoints by state.', {
    type: 'object',
    properties: Object.fromEntries(ENDPOINT_STATES.map((state) => [state, COUNT])),
    required: [...ENDPOINT_STATES],
  })
  endpoints!: Record<string, number>;

  @Shown('Deliveries to be tried, each endpoint’s counted up to 1,000.', { type: BacklogDto })
  due!: BacklogDto;

  @Shown('Deliveries that wait for their endpoint to be enabled, counted in the same way.', {
    type: BacklogDto,
  })
  held!: BacklogDto;

  @Shown('When the oldest delivery that is due was made.', SHOWN.timeOrNull)
  oldestWaitingSince!: string | null;
}

export class EndpointsTotalDto extends TryFiguresDto {
  @Shown('Beginning of the window: that of a whole minute or hour.', SHOWN.time)
  from!: string;

  @Shown('End of the window. What was tried in the last ten seconds may be missing.', SHOWN.time)
  to!: string;

  @Shown('What each point of `buckets` stands for.', { type: String, enum: ['minute', 'hour'] })
  bucket!: string;

  @Shown('Tries by what came of them.', { type: 'object', additionalProperties: { type: 'integer' } })
  byOutcome!: Record<string, number>;

  @Shown('The oldest first, without gaps.', { type: [StatPointDto] })
  buckets!: StatPointDto[];

  @Shown('What waits now.', { type: WaitingDto })
  now!: WaitingDto;
}

export class NeedSubjectDto implements Omit<Need['subject'], never> {
  @Shown('What kind of thing it is about; `tenant` for all of it.', {
    type: String,
    enum: [...NEED_SUBJECTS],
  })
  type!: Need['subject']['type'];

  @Shown('Its id.', SHOWN.idOrNull)
  id!: string | null;

  @Shown('Its name.', SHOWN.textOrNull)
  name!: string | null;
}

export class NeedDto implements Need {
  @Shown('Stable, for programs.', { type: String, enum: [...NEED_CODES] })
  code!: NeedCode;

  @Shown('What it is, in words.', { type: String, example: '4 tries in a row have failed.' })
  message!: string;

  @Shown('What the message is filled with, by the code: numbers, names, times.', SHOWN.object)
  params!: WordParams;

  @Shown('What it is about.', { type: NeedSubjectDto })
  subject!: NeedSubjectDto;
}

export class OverviewCallsDto {
  @Shown('Of the last seven days.', { type: CallVolumeDto })
  week!: CallVolumeDto;

  @Shown('Of the seven days before.', { type: CallVolumeDto })
  weekBefore!: CallVolumeDto;
}

export class OverviewTriesDto {
  @Shown('Of the last seven days.', { type: TryFiguresDto })
  week!: TryFiguresDto;

  @Shown('Of the seven days before.', { type: TryFiguresDto })
  weekBefore!: TryFiguresDto;
}

export class OverviewDto {
  @Shown('When this was so.', SHOWN.time)
  at!: string;

  @Shown('Calls.', { type: OverviewCallsDto })
  calls!: OverviewCallsDto;

  @Shown('Tries at all endpoints together.', { type: OverviewTriesDto })
  deliveries!: OverviewTriesDto;

  @Shown('What waits now.', { type: WaitingDto })
  now!: WaitingDto;

  @Shown(
    'What somebody should look after, the most urgent first; connections beyond the first 50 are not looked at.',
    {
      type: [NeedDto],
    },
  )
  needs!: NeedDto[];
}
