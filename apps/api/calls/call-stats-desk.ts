import { callVolume, instant, type AgentId, type ConnectionId, type TenantId } from '#domain';
import type { CallGroup, CallStatsAsk, CallStatsRepository, CallTodayRepository } from '#db';
import type { Clock } from '#platform';
import { timeText } from '../http/time-text.js';
import type { CallPointDto, CallStatsDto, CallStatsQueryDto } from './call-stats.dto.js';
import type { CallsTodayDto, CallsTodayQueryDto } from './calls-today.dto.js';
import { readStatsWindow } from './read-stats-window.js';

export interface CallStatsDeskParts {
  stats: Pick<CallStatsRepository, 'of'>;
  today: Pick<CallTodayRepository, 'on'>;
  clock: Pick<Clock, 'now'>;
}

/** Figures of calls. */
export class CallStatsDesk {
  constructor(private readonly parts: CallStatsDeskParts) {}

  /** @throws AppError `request.invalid` for a window that ends before it begins, or is too long */
  async of(tenant: TenantId, query: CallStatsQueryDto): Promise<CallStatsDto> {
    const { queueId } = query;
    const connectionId = query.connectionId?.toLowerCase() as ConnectionId | undefined;
    const agentId = query.agentId?.toLowerCase() as AgentId | undefined;
    const window = readStatsWindow(query, this.parts.clock.now());
    const ask: CallStatsAsk = { ...window, queueId, connectionId, agentId };
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

  /** Counts since midnight, for a board. @param zone  IANA name: by whose clock */
  async today(tenant: TenantId, { zone = 'UTC' }: CallsTodayQueryDto): Promise<CallsTodayDto> {
    const { today, clock } = this.parts;
    const { from, queues, agents, more } = await today.on(tenant, { now: clock.now(), zone });
    return { from: timeText(from), complete: !more, queues, agents };
  }
}

function pointsOf(spans: readonly number[], groups: readonly CallGroup[]): CallPointDto[] {
  const bySpan = new Map<number, CallGroup[]>(spans.map((at) => [at, []]));
  for (const group of groups) bySpan.get(group.at)?.push(group);
  return [...bySpan].map(([at, own]) => ({ at: timeText(instant(at)), ...callVolume(own) }));
}
