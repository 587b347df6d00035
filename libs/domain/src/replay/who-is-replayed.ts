import type { EndpointId } from '../ids.js';
import type { MatchesPayload } from '../endpoint/endpoint-filter.js';
import { matchesEventType } from '../endpoint/event-types.js';
import { whoIsTold, type Wishes } from '../endpoint/who-is-told.js';
import type { ReplayFilter } from './replay-filter.js';

/** An event as far as a replay must know it. */
export interface ReplayedEvent {
  /** Null for a test, and for an event about an endpoint, a connection or a key. */
  callId: string | null;
  type: string;
  /** Sent because somebody asked for a sample; never replayed. */
  isTest: boolean;
  /** As it was sent; only looked at for endpoints with a filter, so it may be left out where there are none. */
  data?: unknown;
  /** Of the call; null when there is none or it is not known any more. */
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
export function whoIsReplayed<E extends Wishes & { id: EndpointId }>(
  event: ReplayedEvent,
  endpoints: readonly E[],
  filter: Selection,
  matches: MatchesPayload,
): E[] {
  if (!concerns(event, filter)) return [];
  return endpoints.filter((endpoint) => {
    if (filter.endpointIds.length > 0 && !filter.endpointIds.includes(endpoint.id)) return false;
    const newest = event.deliveries.find(({ endpointId }) => endpointId === endpoint.id);
    return newest === undefined
      ? isNever(filter) && isAskedFor(event, endpoint, matches)
      : isWanted(newest, filter);
  });
}

function concerns(event: ReplayedEvent, filter: Selection): boolean {
  if (event.isTest) return false;
  if (filter.callId !== null && event.callId !== filter.callId) return false;
  if (filter.eventTypes.length > 0 && !matchesEventType(filter.eventTypes, event.type)) return false;
  return filter.number === null || (event.customerNumber?.includes(filter.number) ?? false);
}

function isNever({ status, reason }: Selection): boolean {
  return reason === null && (status === 'never' || status === 'any');
}

function isAskedFor({ type, data }: ReplayedEvent, endpoint: Wishes, matches: MatchesPayload): boolean {
  return whoIsTold({ type, data }, [endpoint], matches).length > 0;
}

function isWanted({ state, reason }: NewestDelivery, filter: Selection): boolean {
  if (state === 'due' || state === 'held') return false;
  if (filter.status !== 'any' && filter.status !== state) return false;
  return filter.reason === null || (reason ?? '').toLowerCase().includes(filter.reason.toLowerCase());
}
