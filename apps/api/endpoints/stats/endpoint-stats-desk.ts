import {
  nextAttemptAt,
  rateLimitWords,
  readTokenBucket,
  statWindow,
  summariseTries,
  type EndpointId,
  type Instant,
  type RateLimit,
  type StatWindow,
  type TenantId,
} from '#domain';
import {
  isSentTo,
  type Backlog,
  type EndpointHistoryRepository,
  type EndpointOverview,
  type EndpointStats,
  type EndpointStatsRepository,
  type StateChangeRecord,
} from '#db';
import { formatNamed } from '#formats';
import type { Clock } from '#platform';
import { found } from '../../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../../http/page.dto.js';
import { reasonOf } from '../../http/reason-of.js';
import { timeText, timeTextOrNull } from '../../http/time-text.js';
import type { StateChangeDto, StateChangePageDto } from './endpoint-history.dto.js';
import {
  DEFAULT_STAT_HOURS,
  type BacklogDto,
  type EndpointNowDto,
  type EndpointOverviewDto,
  type EndpointOverviewPageDto,
  type EndpointOverviewQueryDto,
  type EndpointStatsDto,
  type EndpointStatsQueryDto,
} from './endpoint-stats.dto.js';
import { statPointsOf } from './stat-points-of.js';

export interface EndpointStatsDeskParts {
  stats: EndpointStatsRepository;
  history: EndpointHistoryRepository;
  clock: Pick<Clock, 'now'>;
}

/** How endpoints fare, now and before. */
export class EndpointStatsDesk {
  constructor(private readonly parts: EndpointStatsDeskParts) {}

  /** @throws AppError `resource.not_found` */
  async of(tenant: TenantId, id: EndpointId, query: EndpointStatsQueryDto): Promise<EndpointStatsDto> {
    const now = this.parts.clock.now();
    const window = statWindow(now, query.hours ?? DEFAULT_STAT_HOURS);
    const stats = found(await this.parts.stats.of(tenant, id, window), 'endpoint');
    return {
      from: timeText(window.from),
      to: timeText(window.to),
      bucket: window.span,
      ...summariseTries(stats.tally),
      buckets: statPointsOf(window, stats.spans),
      now: nowView(stats, now),
    };
  }

  async overview(tenant: TenantId, query: EndpointOverviewQueryDto): Promise<EndpointOverviewPageDto> {
    const window = statWindow(this.parts.clock.now(), query.hours ?? DEFAULT_STAT_HOURS);
    const page = await this.parts.stats.overview(tenant, window, { ...pageAsk(query), state: query.state });
    return pageAnswer(page, (endpoint) => overviewView(endpoint, window));
  }

  /** @throws AppError `resource.not_found` */
  async history(tenant: TenantId, id: EndpointId, query: PageQueryDto): Promise<StateChangePageDto> {
    const page = await this.parts.history.list(tenant, id, pageAsk(query));
    return pageAnswer(found(page, 'endpoint'), changeView);
  }
}

function nowView(stats: EndpointStats, now: Instant): EndpointNowDto {
  const { state, due, held, mailbox } = stats;
  const rateLimit = limitOf(stats);
  const { breaker, standing, waitsUntil } = mailbox;
  const { firstDueAt } = due;
  const bucket = rateLimit && readTokenBucket(mailbox.bucket, rateLimit, now);
  const next = nextAttemptAt({ sentTo: isSentTo({ state }), firstDueAt, breaker, waitsUntil }, now);
  return {
    state,
    due: backlogView(due),
    held: backlogView(held),
    oldestWaitingSince: timeTextOrNull(due.oldestSince),
    nextAttemptAt: timeTextOrNull(next),
    breaker: breaker.state,
    breakerUntil: breaker.state === 'closed' ? null : timeText(breaker.until),
    failuresInARow: standing.failuresInARow,
    failingSince: standing.told ? timeTextOrNull(standing.failingSince) : null,
    rateLimit: rateLimitWords(rateLimit, bucket, now),
  };
}

/** Deliveries go no faster than the endpoint's format lets them, or else the endpoint. */
function limitOf({ format, formatSettings, rateLimit }: EndpointStats): RateLimit | null {
  const prepared = formatNamed(format)?.prepare(formatSettings);
  return (prepared?.ok === true ? prepared.writer.limit : undefined) ?? rateLimit;
}

function backlogView({ count, atLeast }: Backlog): BacklogDto {
  return { count, atLeast };
}

function overviewView(endpoint: EndpointOverview, window: StatWindow): EndpointOverviewDto {
  const { id, name, state, format, url, tally, due } = endpoint;
  const { successRate, answered } = summariseTries(tally);
  return {
    id,
    name,
    state,
    format,
    url,
    successRate,
    p95Ms: answered.p95Ms,
    backlog: backlogView(due),
    oldestWaitingSince: timeTextOrNull(due.oldestSince),
    bucket: window.span,
    buckets: statPointsOf(window, endpoint.spans),
  };
}

function changeView({ id, at, kind, from, to, reason, by, byName }: StateChangeRecord): StateChangeDto {
  return { id, at: timeText(at), kind, from, to, reason, ...reasonOf('reason', reason), by, byName };
}
