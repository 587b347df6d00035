import type { CallEventId } from '../ids.js';

/** An event of a batch and the endpoints that it is sent to once more; none for one that the filter leaves out. */
export interface ReplayChoice<E> {
  eventId: CallEventId;
  endpoints: readonly E[];
}

export interface ReplayBatch<E> {
  /** One entry a delivery, in the order of the events. */
  made: { eventId: CallEventId; endpoint: E }[];
  /** The last event that was dealt with; undefined when not even the first one fitted. */
  handledTo: CallEventId | undefined;
  /** Nothing was left for later. */
  whole: boolean;
}

/**
 * As much of a batch as the rate lets go now. An event is dealt with as a whole, to all of its endpoints or to none, so
 * that the id of the last one tells exactly where to go on.
 *
 * @param most  deliveries that may be made now
 */
export function replayBatch<E>(choices: readonly ReplayChoice<E>[], most: number): ReplayBatch<E> {
  const made: ReplayBatch<E>['made'] = [];
  let handledTo: CallEventId | undefined;
  for (const { eventId, endpoints } of choices) {
    if (made.length + endpoints.length > most) return { made, handledTo, whole: false };
    made.push(...endpoints.map((endpoint) => ({ eventId, endpoint })));
    handledTo = eventId;
  }
  return { made, handledTo, whole: true };
}
