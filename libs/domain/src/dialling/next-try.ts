import type { Instant } from '../ids.js';
import type { RetryPolicy, TryResult } from './retry-policy.js';

export interface LastTry {
  result: TryResult;
  /** Its number, from 1. */
  attempt: number;
  now: Instant;
  /** In [0, 1): decides the jitter. */
  chance: number;
  /** Where the lead may be (`zonesOf`): parts of the day are by the clock of the first. */
  zones: readonly string[];
}

/** `final`: such a result is not tried again. `tries`: as often as it may be. */
export type NextTry = { again: Instant } | { over: 'answered' | 'final' | 'tries' };
