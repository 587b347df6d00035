/**
 * How an endpoint stands with us over many tries: well, or failing since when. Plain JSON, kept in its mailbox between
 * drains.
 *
 *     well --4 failures in a row--> failing --one success--> well
 *                                      \--no success for 5 days--> given up: the endpoint is disabled
 *
 * Only deliveries and their failures count. Being throttled is neither.
 */
import type { Instant } from '../ids.js';
import type { OutcomeClass } from './outcome.js';

export interface Standing {
  failuresInARow: number;
  /** The first of these; null while there are none. */
  failingSince: Instant | null;
  /** Whether the tenant was told that it fails. */
  told: boolean;
}

/** What the tenant has to be told. */
export type StandingNews = 'endpoint.failing' | 'endpoint.recovered';

export interface StandingAfter {
  standing: Standing;
  news: StandingNews | null;
  /** Words for the tenant when the endpoint is to be disabled; null otherwise. */
  giveUp: string | null;
}

export const WELL: Standing = Object.freeze({ failuresInARow: 0, failingSince: null, told: false });

const FAILURES_TO_BE_FAILING = 4;
const HOUR_MS = 3_600_000;
const HOURS_PER_DAY = 24;

const GOOD: ReadonlySet<OutcomeClass> = new Set(['delivered', 'duplicate']);
const NEITHER: ReadonlySet<OutcomeClass> = new Set(['throttled']);

/**
 * @param giveUpAfterHours  without one success; null never gives up
 * @returns the standing after one more try, and what follows from it
 */
export function standingAfter(
  before: Standing,
  outcome: OutcomeClass,
  { now, giveUpAfterHours }: { now: Instant; giveUpAfterHours: number | null },
): StandingAfter {
  if (NEITHER.has(outcome)) return { standing: before, news: null, giveUp: null };
  if (GOOD.has(outcome)) {
    return { standing: WELL, news: before.told ? 'endpoint.recovered' : null, giveUp: null };
  }
  const failuresInARow = before.failuresInARow + 1;
  const failingSince = before.failingSince ?? now;
  const failing = failuresInARow >= FAILURES_TO_BE_FAILING;
  return {
    standing: { failuresInARow, failingSince, told: before.told || failing },
    news: failing && !before.told ? 'endpoint.failing' : null,
    giveUp: failing ? wordsOf(now - failingSince, giveUpAfterHours) : null,
  };
}

function wordsOf(failingMs: number, giveUpAfterHours: number | null): string | null {
  if (giveUpAfterHours === null || failingMs < giveUpAfterHours * HOUR_MS) return null;
  const span =
    giveUpAfterHours % HOURS_PER_DAY === 0
      ? `${String(giveUpAfterHours / HOURS_PER_DAY)} days`
      : `${String(giveUpAfterHours)} hours`;
  return `Not one delivery got through for ${span}.`;
}

/** Reads a stored standing; whatever is malformed is read as well: the worst that follows is that it is told again. */
export function readStanding(json: unknown): Standing {
  if (typeof json !== 'object' || json === null) return WELL;
  const { failuresInARow, failingSince, told } = json as Record<string, unknown>;
  const since = failingSince === null || Number.isSafeInteger(failingSince);
  if (!Number.isSafeInteger(failuresInARow) || (failuresInARow as number) < 0 || !since) return WELL;
  return {
    failuresInARow: failuresInARow as number,
    failingSince: failingSince as Instant | null,
    told: told === true,
  };
}
