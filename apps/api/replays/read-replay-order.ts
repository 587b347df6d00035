import {
  instant,
  type CallId,
  type EndpointId,
  type Instant,
  type ReplayFilter,
  type ReplayStatus,
} from '#domain';
import { readTime } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { NewReplayDto, OrderedKind } from './replay.dto.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const STATUS_OF_KIND: Record<OrderedKind, ReplayStatus | undefined> = {
  failed: 'dead',
  missed: 'never',
  events: undefined,
};

/**
 * Reads an order for a replay.
 *
 * @param keptDays  how long events are kept: nothing older can be sent again
 * @throws AppError `request.invalid` where members that are right by themselves do not go together
 */
export function readReplayOrder(
  dto: Omit<NewReplayDto, 'ratePerMinute'>,
  now: Instant,
  keptDays: number,
): ReplayFilter {
  const from = readTime(dto.from) ?? now;
  const to = readTime(dto.to) ?? now;
  const given = STATUS_OF_KIND[dto.kind];
  const problems: [boolean, string, string][] = [
    [from >= to, 'from', 'from must be before to'],
    [
      from < now - keptDays * DAY_MS,
      'from',
      `from may be at most ${String(keptDays)} days ago: events are kept so long`,
    ],
    [to > now, 'to', 'to may not be in the future'],
    [
      dto.kind === 'missed' && dto.endpointIds?.length !== 1,
      'endpointIds',
      'endpointIds must name one endpoint',
    ],
    [given !== undefined && dto.status !== undefined, 'status', 'status goes with the kind "events" only'],
  ];
  const errors = problems.flatMap(([wrong, field, message]) => (wrong ? [{ field, message }] : []));
  if (errors.length > 0) throw invalidRequest(errors);
  return {
    from: instant(from),
    to: instant(to),
    eventTypes: dto.eventTypes ?? [],
    endpointIds: (dto.endpointIds ?? []).map((id) => id.toLowerCase() as EndpointId),
    status: given ?? dto.status ?? 'any',
    number: dto.number?.replaceAll(/\D/g, '') ?? null,
    callId: (dto.callId?.toLowerCase() ?? null) as CallId | null,
    reason: dto.reason ?? null,
  };
}
