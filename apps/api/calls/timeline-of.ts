import type { CallHistory } from '#db';
import type { Instant } from '#domain';
import { reasonOf } from '../http/reason-of.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { TIMELINE_KINDS, type TimelineItemDto } from './timeline.dto.js';

type Timed = TimelineItemDto & { instant: Instant };

/** One list out of four, in the order in which we did it; of what happened in the same millisecond, causes come before effects. */
export function timelineOf(history: CallHistory): TimelineItemDto[] {
  const items: Timed[] = [
    ...history.receipts.map(({ id, receivedAt, state, reason, route }): Timed =>
      item('receipt', id, receivedAt, { state, reason, ...reasonOf('reason', reason), route }),
    ),
    ...history.events.map(({ id, createdAt, occurredAt, type, sequence, receiptId }): Timed =>
      item('event', id, createdAt, { type, sequence, receiptId, occurredAt: timeText(occurredAt) }),
    ),
    ...history.deliveries.map(
      ({ id, createdAt, dueAt, state, reason, eventType, sequence, eventId, endpointId }): Timed =>
        item('delivery', id, createdAt, {
          state,
          dueAt: timeTextOrNull(state === 'due' ? dueAt : null),
          reason,
          ...reasonOf('reason', reason),
          type: eventType,
          sequence,
          eventId,
          endpointId,
        }),
    ),
    ...history.attempts.map(({ id, startedAt, decision, ...attempt }): Timed =>
      item('attempt', id, startedAt, {
        deliveryId: attempt.deliveryId,
        endpointId: attempt.endpointId,
        number: attempt.number,
        outcome: attempt.outcome,
        decision,
        ...reasonOf('decision', decision),
        status: attempt.status,
        durationMs: attempt.durationMs,
        timings: attempt.timings,
      }),
    ),
  ];
  items.sort((a, b) => a.instant - b.instant || rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  return items.map(({ instant: _, ...shown }) => shown);
}

function item(
  kind: TimelineItemDto['kind'],
  id: string,
  at: Instant,
  more: Omit<TimelineItemDto, 'at' | 'kind' | 'id'>,
): Timed {
  return { at: timeText(at), kind, id, ...more, instant: at };
}

function rank({ kind }: TimelineItemDto): number {
  return TIMELINE_KINDS.indexOf(kind);
}
