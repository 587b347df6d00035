import type { QueryOf } from '../api/ask';
import type { NewReplayDto } from '../api/operations';
import { choiceIn, onlySet, textIn } from '../list/read-filters';

export const DELIVERY_STATES = ['due', 'delivered', 'dead', 'held', 'skipped'] as const;

export type DeliveryFilters = Pick<
  QueryOf<'deliveries.list'>,
  'state' | 'endpointId' | 'callId' | 'replayId' | 'eventType' | 'number' | 'status' | 'from' | 'to'
>;

/** Reads the search parameters of an address; what it does not know it leaves out. */
export function readDeliveryFilters(search: Record<string, unknown>): DeliveryFilters {
  return onlySet({
    state: choiceIn(search, 'state', DELIVERY_STATES),
    endpointId: textIn(search, 'endpointId'),
    callId: textIn(search, 'callId'),
    replayId: textIn(search, 'replayId'),
    eventType: textIn(search, 'eventType'),
    number: textIn(search, 'number'),
    status: statusOf(textIn(search, 'status')),
    from: textIn(search, 'from'),
    to: textIn(search, 'to'),
  });
}

/** @returns undefined for what is no status that there can be */
export function statusOf(text: string | undefined): number | undefined {
  const status = Number(text ?? NaN);
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

export const STATE_TONES: Readonly<Record<(typeof DELIVERY_STATES)[number], string>> = {
  due: 'tone-waiting',
  delivered: 'tone-good',
  dead: 'tone-bad',
  held: 'tone-waiting',
  skipped: 'tone-quiet',
};

/** Where nobody says since when. */
const DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * What was given up among what filters show, as it can be retried in bulk.
 *
 * @param now  milliseconds since 1970
 * @returns undefined where filters say what a retry in bulk does not know, or nothing that is dead is shown
 */
export function retryOf(filters: DeliveryFilters, now: number): NewReplayDto | undefined {
  const { state = 'dead', status, replayId, endpointId, eventType, number, callId, from, to } = filters;
  if (state !== 'dead' || status !== undefined || replayId !== undefined) return undefined;
  return {
    kind: 'failed',
    from: from ?? new Date(now - DAYS * DAY_MS).toISOString(),
    ...onlySet({ to, number, callId }),
    ...(endpointId === undefined ? {} : { endpointIds: [endpointId] }),
    ...(eventType === undefined ? {} : { eventTypes: [eventType] }),
  };
}
