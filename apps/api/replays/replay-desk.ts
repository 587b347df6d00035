import type { Actor, EndpointId, ReplayId, TenantId } from '#domain';
import type { ReplayRecord, ReplayRepository } from '#db';
import type { Clock } from '#platform';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { reasonOf } from '../http/reason-of.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { readReplayOrder } from './read-replay-order.js';
import {
  DEFAULT_REPLAY_RATE,
  type NewReplayDto,
  type ReplayCountDto,
  type ReplayDetailDto,
  type ReplayDto,
  type ReplayPageDto,
  type ReplayQueryDto,
} from './replay.dto.js';

/** Counting may keep a caller waiting for so long, and a transaction's batch more. */
const COUNT_MS = 3_000;

export interface ReplayDeskParts {
  replays: ReplayRepository;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
  /** How long events are kept. */
  keptDays: number;
}

/** Sending events once more: counting first, ordering, watching, cancelling. */
export class ReplayDesk {
  constructor(private readonly parts: ReplayDeskParts) {}

  preview(tenant: TenantId, order: NewReplayDto): Promise<ReplayCountDto> {
    const { replays, clock, keptDays } = this.parts;
    return replays.count(tenant, readReplayOrder(order, clock.now(), keptDays), COUNT_MS);
  }

  async create(tenant: TenantId, order: NewReplayDto, by: Actor): Promise<ReplayDto> {
    const { replays, clock, keptDays, ringer } = this.parts;
    const filter = readReplayOrder(order, clock.now(), keptDays);
    const { kind, ratePerMinute = DEFAULT_REPLAY_RATE } = order;
    const counted = await replays.count(tenant, filter, COUNT_MS);
    const replay = await replays.create(tenant, { kind, filter, ratePerMinute, counted }, by);
    ringer.ring('replay', [replay.id]);
    return replayView(replay);
  }

  async list(tenant: TenantId, query: ReplayQueryDto): Promise<ReplayPageDto> {
    const filter = {
      state: query.state,
      endpointId: query.endpointId?.toLowerCase() as EndpointId | undefined,
    };
    return pageAnswer(await this.parts.replays.list(tenant, filter, pageAsk(query)), replayView);
  }

  async get(tenant: TenantId, id: ReplayId): Promise<ReplayDetailDto> {
    const replay = found(await this.parts.replays.get(tenant, id), 'replay');
    const { delivered, dead, skipped, waiting } = replay;
    return { ...replayView(replay), delivered, dead, skipped, waiting };
  }

  async cancel(tenant: TenantId, id: ReplayId, by: Actor): Promise<ReplayDto> {
    const replay = await this.parts.replays.cancel(tenant, id, by);
    this.parts.ringer.ring('replay', [id]);
    return replayView(replay);
  }
}

function replayView(replay: ReplayRecord): ReplayDto {
  const { id, kind, endpointId, filter, ratePerMinute, state, total, totalExact, queued, reason } = replay;
  const times = 'from' in filter ? { from: timeText(filter.from), to: timeText(filter.to) } : {};
  return {
    id,
    kind,
    endpointId,
    filter: { ...filter, ...times },
    ratePerMinute,
    state,
    total,
    totalExact,
    queued,
    reason,
    ...reasonOf('reason', reason),
    createdBy: replay.createdBy,
    createdAt: timeText(replay.createdAt),
    updatedAt: timeText(replay.updatedAt),
    finishedAt: timeTextOrNull(replay.finishedAt),
  };
}
