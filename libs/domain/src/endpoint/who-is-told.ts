import { passesFilter, type EndpointFilter, type MatchesPayload } from './endpoint-filter.js';
import { matchesEventType } from './event-types.js';

/** What an endpoint asked for. */
export interface Wishes {
  eventTypes: readonly string[];
  /** Null lets everything pass. */
  filter: EndpointFilter | null;
}

/**
 * The endpoints that are owed an event, in the order given. Paused and disabled ones belong to them: their deliveries
 * are held, not forgotten, so leave the state of an endpoint out of the question.
 *
 * @param event  with its data as it is sent
 * @param endpoints  all endpoints of the event's tenant
 */
export function whoIsTold<E extends Wishes>(
  event: { type: string; data: unknown },
  endpoints: readonly E[],
  matches: MatchesPayload,
): E[] {
  return endpoints.filter(
    ({ eventTypes, filter }) =>
      matchesEventType(eventTypes, event.type) && passesFilter(filter, event, matches),
  );
}
