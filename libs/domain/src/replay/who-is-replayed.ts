import type { EndpointId } from '../ids.js';
import { matchesEventType } from '../endpoint/event-types.js';
import { whoIsTold } from '../endpoint/who-is-told.js';
import type { ReplayFilter } from './replay-filter.js';

/** An event as far as a replay must know it. */
export interface ReplayedEvent {
  /** Null for a test, which is never replayed. */
  callId: string | null;
  type: string;
  /** Of the call; null when the call is not known any more. */
  customerNumber: string | null;
  /** The newest delivery of the event to each endpoint that has one. */
  deliveries: readonly NewestDelivery[];
}

export interface NewestDelivery {
  endpointId: EndpointId;
  state: string;
  reason: string | null;
}

type Selection = Omit<ReplayFilter, 'from' | 'to'>;

/**
 * The endpoints that an event is sent to once more, in the order given. What still waits for an endpoint, due or held, is
 * never replayed to it: it comes anyway.
 *
 * @param endpoints  all endpoints of the event's tenant
 * @param filter  its times are not looked at: who reads the events goes by them
 */
export function whoIsReplayed<E extends { id: EndpointId; eventTypes: readonly string[] }>(
  event: ReplayedEvent,
  endpoints: readonly E[],
  filter: Selection,
): E[] {
  if (!concerns(event, filter)) return [];
  return endpoints.filter((endpoint) => {
    if (filter.endpointIds.length > 0 && !filter.endpointIds.includes(endpoint.id)) return false;
    const newest = event.deliveries.find(({ endpointId }) => endpointId === endpoint.id);
    return newest === undefined ? isMissed(event, endpoint, filter) : isWanted(newest, filter);
  });
}

function concerns(event: ReplayedEvent, filter: Selection): boolean {
  if (event.callId === null) return false;
  if (filter.callId !== null && event.callId !== filter.callId) return false;
  if (filter.eventTypes.length > 0 && !matchesEventType(filter.eventTypes, event.type)) return false;
  return filter.number === null || (event.customerNumber?.includes(filter.number) ?? false);
}

function isMissed(
  event: ReplayedEvent,
  endpoint: { eventTypes: readonly string[] },
  { status, reason }: Selection,
): boolean {
  if (reason !== null || (status !== 'never' && status !== 'any')) return false;
  return whoIsTold(event, [endpoint]).length > 0;
}

function isWanted({ state, reason }: NewestDelivery, filter: Selection): boolean {
  if (state === 'due' || state === 'held') return false;
  if (filter.status !== 'any' && filter.status !== state) return false;
  return filter.reason === null || (reason ?? '').toLowerCase().includes(filter.reason.toLowerCase());
}
