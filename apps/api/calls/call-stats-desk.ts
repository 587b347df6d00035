import { callVolume, instant, type AgentId, type ConnectionId, type TenantId } from '#domain';
import type { CallGroup, CallStatsAsk, CallStatsRepository } from '#db';
import type { Clock } from '#platform';
import { readTime, timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { CallPointDto, CallStatsDto, CallStatsQueryDto } from './call-stats.dto.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 7;
/** A year of days, a month of hours: more points nobody can tell apart. */
const MOST_DAYS = { day: 366, hour: 31 } as const;

/** The first of all years that a database and a text of a time both know. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');

export interface CallStatsDeskParts {
  stats: Pick<CallStatsRepository, 'of'>;
  clock: Pick<Clock, 'now'>;
}

/** Figures of calls. */
export class CallStatsDesk {
  constructor(private readonly parts: CallStatsDeskParts) {}

  /** @throws AppError `request.invalid` for a window that ends before it begins, or is too long */
  async of(tenant: TenantId, query: CallStatsQueryDto): Promise<CallStatsDto> {
    const ask = this.windowOf(query);
    const { spans, groups, ring, talk, more } = await this.parts.stats.of(tenant, ask);
    return {
      from: timeText(ask.from),
      to: timeText(ask.to),
      by: ask.by,
      zone: ask.zone,
      complete: !more,
      ...callVolume(groups),
      ring,
      talk,
      buckets: pointsOf(spans, groups),
    };
  }

  private windowOf(query: CallStatsQueryDto): CallStatsAsk {
    const { by = 'day', zone = 'UTC', queueId } = query;
    const to = readTime(query.to) ?? this.parts.clock.now();
    const from = readTime(query.from) ?? instant(Math.max(EARLIEST, to - DEFAULT_DAYS * DAY_MS));
    const message =
      from >= to
        ? 'from must be before to'
        : `from must be at most ${String(MOST_DAYS[by])} days before to, counted by the ${by}`;
    if (from >= to || to - from > MOST_DAYS[by] * DAY_MS) throw invalidRequest([{ field: 'from', message }]);
    const connectionId = query.connectionId?.toLowerCase() as ConnectionId | undefined;
    const agentId = query.agentId?.toLowerCase() as AgentId | undefined;
    return { from, to, by, zone, queueId, connectionId, agentId };
  }
}

function pointsOf(spans: readonly number[], groups: readonly CallGroup[]): CallPointDto[] {
  const bySpan = new Map<number, CallGroup[]>(spans.map((at) => [at, []]));
  for (const group of groups) bySpan.get(group.at)?.push(group);
  return [...bySpan].map(([at, own]) => ({ at: timeText(instant(at)), ...callVolume(own) }));
}
