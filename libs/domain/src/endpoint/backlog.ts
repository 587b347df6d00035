/**
 * When the tenant is told that an endpoint does not keep up: once when its oldest delivery that may be sent has been due for
 * too long, and once when that is over. What waits for its next try is not part of it, `endpoint.failing` tells of that.
 */
import { MINUTE, SECOND } from '../delivery/durations.js';

export const DEFAULT_BACKLOG_ALERT_MINUTES = 15;
/** Beyond this many nobody counts on: it would cost more than the number is worth. */
export const MOST_BACKLOG_COUNTED = 10_000;

/**
 * The end is told when nothing has been due for longer than this part of the minutes: an endpoint that is about as late as
 * it may be would otherwise tell of both in turn.
 */
const OVER_BELOW = 0.5;

export interface Backlog {
  /** How long the one that has waited longest has been due. */
  oldestSeconds: number;
  /** How many may be sent now, at most `MOST_BACKLOG_COUNTED`. */
  count: number;
  /** False: there are more. */
  countIsExact: boolean;
}

/** @param counted  up to one more than counts */
export function backlogOf(dueForMs: number, counted: number): Backlog {
  return {
    oldestSeconds: Math.floor(dueForMs / SECOND),
    count: Math.min(counted, MOST_BACKLOG_COUNTED),
    countIsExact: counted <= MOST_BACKLOG_COUNTED,
  };
}

/** In words for people. */
export function backlogWords({ oldestSeconds, count, countIsExact }: Backlog): string {
  const minutes = Math.floor((oldestSeconds * SECOND) / MINUTE);
  const many = countIsExact
    ? `${count} ${count === 1 ? 'delivery is' : 'deliveries are'}`
    : `${count} deliveries or more are`;
  return `${many} due, the oldest for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
}

/** An endpoint of whose backlog was told. */
export interface BacklogEpisode {
  state: string;
  /** Null: nobody wants to be told any more. */
  alertMinutes: number | null;
  /** How long its oldest delivery has been due, negative when it is not due yet; null when none waits. */
  dueForMs: number | null;
}

/** @returns null while the backlog goes on; else why it is over, in words for people */
export function backlogEnd({ state, alertMinutes, dueForMs }: BacklogEpisode): string | null {
  if (state === 'disabled' || state === 'paused') return `The endpoint is ${state}: what is due is held.`;
  if (alertMinutes === null) return 'Its backlog is not watched any more.';
  if (dueForMs !== null && dueForMs > alertMinutes * MINUTE * OVER_BELOW) return null;
  return dueForMs === null || dueForMs <= 0
    ? 'Nothing is due any more.'
    : 'What is due goes out in time again.';
}
