import type { CallId, EndpointId, Instant } from '../ids.js';

/**
 * What became of an event at one endpoint, as a replay asks for it: the state of its newest delivery there, or `never`
 * when there is none although the endpoint asks for such events. `any` takes all of them.
 */
export const REPLAY_STATUSES = ['any', 'delivered', 'dead', 'skipped', 'never'] as const;
export type ReplayStatus = (typeof REPLAY_STATUSES)[number];

/** Which events are sent once more, and to whom. Plain JSON: it is stored with the replay. */
export interface ReplayFilter {
  /** When the event was made: from inclusive, to exclusive. */
  from: Instant;
  to: Instant;
  /** Exact names, `call.*` or `*`; empty for every type. */
  eventTypes: string[];
  /** Empty for every endpoint of the tenant. */
  endpointIds: EndpointId[];
  status: ReplayStatus;
  /** Digits that the number of the party outside must hold, with or without its `+`. */
  number: string | null;
  callId: CallId | null;
  /** Words that the reason of a dead or skipped delivery must hold, in any case. */
  reason: string | null;
}
