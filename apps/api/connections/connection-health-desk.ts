import {
  HOURS,
  MINUTES,
  clockStanding,
  countWithin,
  instant,
  warningsOf,
  type ConnectionId,
  type Instant,
  type TenantId,
  type Warning,
} from '#domain';
import { dialectNamed } from '#dialects';
import type { ConnectionHealthRepository, HealthRecord, SocketRepository, SocketStanding } from '#db';
import type { Clock } from '#platform';
import { found } from '../http/found.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import type { ConnectionHealthDto, SocketDto } from './connection-health.dto.js';

export interface ConnectionHealthDeskParts {
  health: ConnectionHealthRepository;
  sockets: Pick<SocketRepository, 'standing'>;
  clock: Pick<Clock, 'now'>;
}

/** How a connection does: what comes, what of it cannot be read, and what looks wrong. */
export class ConnectionHealthDesk {
  constructor(private readonly parts: ConnectionHealthDeskParts) {}

  async get(tenant: TenantId, id: ConnectionId): Promise<ConnectionHealthDto> {
    const record = found(await this.parts.health.get(tenant, id), 'connection');
    const standing = await this.standing(tenant, id, record);
    const view = healthView(record, standing, this.parts.clock.now());
    return { socket: standing && socketView(standing), ...view };
  }

  /** None for a connection that is no more. */
  async warnings(tenant: TenantId, id: ConnectionId): Promise<Warning[]> {
    const record = await this.parts.health.get(tenant, id);
    if (record === undefined) return [];
    const standing = await this.standing(tenant, id, record);
    return healthView(record, standing, this.parts.clock.now()).warnings;
  }

  /** Null where the PBX opens no WebSocket. */
  private async standing(
    tenant: TenantId,
    id: ConnectionId,
    { dialect }: HealthRecord,
  ): Promise<SocketStanding | null> {
    if (dialectNamed(dialect)?.socket === undefined) return null;
    return this.parts.sockets.standing(tenant, id);
  }
}

function healthView(
  record: HealthRecord,
  socket: SocketStanding | null,
  now: Instant,
): Omit<ConnectionHealthDto, 'socket'> {
  const { learnt, problems } = record;
  const lastWebhookAt = later(learnt.lastWebhookAt, problems.lastAt);
  const lastDay = countWithin(learnt.hours, now, { ...HOURS, spans: 24 }) + problems.lastDay;
  const condition = {
    enabled: record.enabled,
    setting: { epochs: record.epochs, timeZone: record.timeZone },
    lastWebhookAt,
    unparsed: problems.unparsedLastDay,
    setAside: problems.setAside,
    refused: record.refused,
    socket,
  };
  const failure = problems.lastUnparsed;
  return {
    warnings: warningsOf(learnt, condition, now),
    lastWebhookAt: timeTextOrNull(lastWebhookAt),
    clock: clockStanding(learnt.clock, condition.setting, now, socket?.clockAheadMs),
    webhooks: {
      lastMinute: countWithin(learnt.minutes, now, { ...MINUTES, spans: 1 }) + problems.lastMinute,
      lastHour: countWithin(learnt.minutes, now, { ...MINUTES, spans: 60 }) + problems.lastHour,
      lastDay,
    },
    unparsed: {
      lastDay: problems.unparsedLastDay,
      share: lastDay === 0 ? null : Math.min(1, problems.unparsedLastDay / lastDay),
      total: problems.unparsed,
    },
    setAside: problems.setAside,
    refused: record.refused.map((some) => ({ ...some, lastAt: timeText(some.lastAt) })),
    lastParseFailure: failure && { ...failure, receivedAt: timeText(failure.receivedAt) },
    unknownWords: learnt.unknownWords.map(shownSeen),
    unreadableFields: learnt.unreadableFields.map(shownSeen),
  };
}

function socketView({ lines, ...standing }: SocketStanding): SocketDto {
  return { ...shownStanding(standing), lines: lines.map(shownStanding) };
}

function shownStanding<Of extends Omit<SocketStanding, 'lines'>>({ remote, since, ...standing }: Of) {
  return { ...standing, since: timeTextOrNull(since), remoteVersion: remote };
}

function shownSeen<Seen extends { lastSeenAt: Instant }>(
  seen: Seen,
): Omit<Seen, 'lastSeenAt'> & { lastSeenAt: string } {
  return { ...seen, lastSeenAt: timeText(seen.lastSeenAt) };
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return instant(Math.max(a, b));
}
