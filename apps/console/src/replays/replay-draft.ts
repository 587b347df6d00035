import type { NewReplayDto, ReplayDto } from '../api/operations';
import { choiceIn, onlySet, textIn } from '../list/read-filters';

export const KINDS = ['failed', 'missed', 'events'] as const;
export const STATUSES = ['any', 'delivered', 'dead', 'skipped', 'never'] as const;
export const RATE = { least: 60, most: 600_000, first: 3_000 } as const;

/** What is to be sent again, as the address says it: links can be made to it. */
export interface ReplayDraft {
  kind?: (typeof KINDS)[number];
  status?: (typeof STATUSES)[number];
  endpointId?: string;
  eventType?: string;
  number?: string;
  callId?: string;
  from?: string;
  to?: string;
}

/** Reads the search parameters of an address; what it does not know it leaves out. */
export function readReplayDraft(search: Record<string, unknown>): ReplayDraft {
  return onlySet({
    kind: choiceIn(search, 'kind', KINDS),
    status: choiceIn(search, 'status', STATUSES),
    endpointId: textIn(search, 'endpointId'),
    eventType: textIn(search, 'eventType'),
    number: textIn(search, 'number'),
    callId: textIn(search, 'callId'),
    from: textIn(search, 'from'),
    to: textIn(search, 'to'),
  });
}

export type Order = { order: NewReplayDto } | { lacks: 'needsEndpoint' };

const DAY_MS = 86_400_000;

/** An order for it, or what it lacks. Where nobody says since when, it is since a day. @param now  milliseconds since 1970 */
export function orderOf(draft: ReplayDraft, now: number, ratePerMinute: number): Order {
  const { kind = 'failed', status, endpointId, eventType, from, ...others } = draft;
  if (kind === 'missed' && endpointId === undefined) return { lacks: 'needsEndpoint' };
  return {
    order: {
      kind,
      ratePerMinute,
      from: from ?? new Date(now - DAY_MS).toISOString(),
      ...onlySet(others),
      ...(kind === 'events' && status !== undefined ? { status } : {}),
      ...(endpointId === undefined ? {} : { endpointIds: [endpointId] }),
      ...(eventType === undefined ? {} : { eventTypes: [eventType] }),
    },
  };
}

/** How much of a replay was made, from 0 to 100. One that was cancelled stays where it was. */
export function progressOf({ queued, total, state }: Pick<ReplayDto, 'queued' | 'total' | 'state'>): number {
  if (state === 'done') return 100;
  return total === 0 ? 0 : Math.min(100, (queued / total) * 100);
}
