import {
  MOST_STAT_HOURS,
  callVolume,
  instant,
  needsOf,
  statWindow,
  summariseTries,
  windowBefore,
  type CallVolume,
  type Instant,
  type Need,
  type TenantId,
} from '#domain';
import type { CallStatsRepository, OverviewRepository, TenantTries } from '#db';
import type { Clock } from '#platform';
import type { ConnectionHealthDesk } from '../connections/connection-health-desk.js';
import { DEFAULT_STAT_HOURS, type EndpointStatsQueryDto } from '../endpoints/stats/endpoint-stats.dto.js';
import { statPointsOf } from '../endpoints/stats/stat-points-of.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import type { EndpointsTotalDto, OverviewDto, TryFiguresDto, WaitingDto } from './overview.dto.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_MS = 7 * DAY_MS;

export interface OverviewDeskParts {
  overview: OverviewRepository;
  calls: Pick<CallStatsRepository, 'of'>;
  health: Pick<ConnectionHealthDesk, 'warnings'>;
  clock: Pick<Clock, 'now'>;
}

/** How a tenant fares as a whole. */
export class OverviewDesk {
  constructor(private readonly parts: OverviewDeskParts) {}

  async get(tenant: TenantId): Promise<OverviewDto> {
    const now = this.parts.clock.now();
    const week = statWindow(now, MOST_STAT_HOURS);
    return {
      at: timeText(now),
      calls: {
        week: await this.callsOf(tenant, now),
        weekBefore: await this.callsOf(tenant, instant(now - WEEK_MS)),
      },
      deliveries: {
        week: figuresOf(await this.parts.overview.tries(tenant, week)),
        weekBefore: figuresOf(await this.parts.overview.tries(tenant, windowBefore(week))),
      },
      now: await this.waiting(tenant),
      needs: await this.needs(tenant, now),
    };
  }

  /** All endpoints together. */
  async endpoints(tenant: TenantId, query: EndpointStatsQueryDto): Promise<EndpointsTotalDto> {
    const window = statWindow(this.parts.clock.now(), query.hours ?? DEFAULT_STAT_HOURS);
    const tries = await this.parts.overview.tries(tenant, window);
    return {
      from: timeText(window.from),
      to: timeText(window.to),
      bucket: window.span,
      ...figuresOf(tries),
      byOutcome: summariseTries(tries.tally).byOutcome,
      buckets: statPointsOf(window, tries.spans),
      now: await this.waiting(tenant),
    };
  }

  private async callsOf(tenant: TenantId, to: Instant): Promise<CallVolume> {
    const ask = { from: instant(to - WEEK_MS), to, by: 'day', zone: 'UTC' } as const;
    return callVolume((await this.parts.calls.of(tenant, ask)).groups);
  }

  private async waiting(tenant: TenantId): Promise<WaitingDto> {
    const { endpoints, due, held } = await this.parts.overview.backlog(tenant);
    return {
      endpoints,
      due: { count: due.count, atLeast: due.atLeast },
      held: { count: held.count, atLeast: held.atLeast },
      oldestWaitingSince: timeTextOrNull(due.oldestSince),
    };
  }

  private async needs(tenant: TenantId, now: Instant): Promise<Need[]> {
    const { overview, health } = this.parts;
    const connections = [];
    // One after another: a tenant's page must not take all connections to the database.
    for (const connection of await overview.connections(tenant)) {
      connections.push({ ...connection, warnings: await health.warnings(tenant, connection.id) });
    }
    const condition = {
      connections,
      endpoints: await overview.endpoints(tenant),
      expiring: await overview.expiring(tenant, now),
      dead: await overview.dead(tenant, instant(now - DAY_MS)),
    };
    return needsOf(condition, now);
  }
}

function figuresOf({ tally }: TenantTries): TryFiguresDto {
  const { tries, delivered, failed, successRate, answered } = summariseTries(tally);
  return { tries, delivered, failed, successRate, answered };
}
