import { OUTCOME_CLASSES, type OutcomeClass } from '../delivery/outcome.js';
import { percentileMs } from './latency-buckets.js';
import { STATUS_CLASSES, type StatusClass, type TryTally } from './try-tally.js';

/** How long tries took, in milliseconds; null where there were none. */
export interface Latency {
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  maxMs: number | null;
}

/** What a tally says to people. */
export interface TrySummary {
  /** All of them; a throttled one is neither delivered nor failed. */
  tries: number;
  delivered: number;
  failed: number;
  /** Of those that were delivered or failed, 0 to 1; null where there were none. */
  successRate: number | null;
  byOutcome: Record<OutcomeClass, number>;
  byStatus: Record<StatusClass, number>;
  /** Of tries that were answered. */
  answered: Latency;
  /** Of all tries: those without an answer took as long as we waited. */
  all: Latency;
}

/** The same as for an endpoint's standing: only deliveries and their failures count. */
const VERDICT: Readonly<Record<OutcomeClass, 'delivered' | 'failed' | 'neither'>> = {
  delivered: 'delivered',
  duplicate: 'delivered',
  throttled: 'neither',
  unreachable: 'failed',
  unauthorised: 'failed',
  gone: 'failed',
  refused: 'failed',
};

export function summariseTries(tally: TryTally): TrySummary {
  const { counts, longestAnsweredMs, longestMs } = tally;
  const of = (verdict: string) =>
    OUTCOME_CLASSES.filter((outcome) => VERDICT[outcome] === verdict).reduce(
      (sum, outcome) => sum + (counts[`outcome.${outcome}`] ?? 0),
      0,
    );
  const [delivered, failed] = [of('delivered'), of('failed')];
  return {
    tries: delivered + failed + of('neither'),
    delivered,
    failed,
    successRate: delivered + failed === 0 ? null : delivered / (delivered + failed),
    byOutcome: countsOf('outcome', OUTCOME_CLASSES, counts),
    byStatus: countsOf('status', STATUS_CLASSES, counts),
    answered: latency(counts, ['answered'], longestAnsweredMs),
    all: latency(counts, ['answered', 'unanswered'], longestMs),
  };
}

function countsOf<K extends string>(
  family: string,
  names: readonly K[],
  counts: TryTally['counts'],
): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, counts[`${family}.${name}`] ?? 0])) as Record<
    K,
    number
  >;
}

function latency(counts: TryTally['counts'], families: readonly string[], longestMs: number): Latency {
  const buckets = new Map<number, number>();
  for (const [name, count] of Object.entries(counts)) {
    const [family = '', bucket] = name.split('.');
    if (!families.includes(family)) continue;
    buckets.set(Number(bucket), (buckets.get(Number(bucket)) ?? 0) + count);
  }
  return {
    p50Ms: percentileMs(buckets, 0.5, longestMs),
    p95Ms: percentileMs(buckets, 0.95, longestMs),
    p99Ms: percentileMs(buckets, 0.99, longestMs),
    maxMs: buckets.size === 0 ? null : longestMs,
  };
}
