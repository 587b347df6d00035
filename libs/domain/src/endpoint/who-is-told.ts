import { matchesEventType } from './event-types.js';

/**
 * The endpoints that are owed an event, in the order given. Paused and disabled ones belong to them: their deliveries
 * are held, not forgotten, so leave the state of an endpoint out of the question.
 *
 * @param endpoints  all endpoints of the event's tenant
 */
export function whoIsTold<E extends { eventTypes: readonly string[] }>(
  event: { type: string },
  endpoints: readonly E[],
): E[] {
  return endpoints.filter((endpoint) => matchesEventType(endpoint.eventTypes, event.type));
}
