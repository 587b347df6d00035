import type { DeliveryDto, NewReplayDto } from '../api/operations';

const DAY_MS = 86_400_000;
const LONGEST_REASON = 200;

/** What was given up as one delivery was: at its endpoint, with its event, for the same cause, since a day before. */
export function likeOrder({
  endpointId,
  eventType,
  createdAt,
  reason,
  reasonParams,
}: Pick<DeliveryDto, 'endpointId' | 'eventType' | 'createdAt' | 'reason' | 'reasonParams'>): NewReplayDto {
  // How often and for how long differs from one to the next; what went wrong at last does not.
  const cause = reasonParams?.['cause'];
  const words = typeof cause === 'string' && cause !== '' ? cause : reason;
  return {
    kind: 'failed',
    from: new Date(Date.parse(createdAt) - DAY_MS).toISOString(),
    endpointIds: [endpointId],
    eventTypes: [eventType],
    ...(words === null ? {} : { reason: words.slice(0, LONGEST_REASON) }),
  };
}
