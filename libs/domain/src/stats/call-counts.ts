import { CALL_RESULTS, DIRECTIONS, type CallResult, type Direction } from '../call/call.js';

/** Calls that are alike. */
export interface CallCounts {
  direction: Direction;
  result: CallResult;
  calls: number;
  /** Of these, those in which somebody called us and was not served. */
  missed: number;
}

/** Seconds of calls: how long they rang, how long was talked. Null where nobody knows any. */
export interface SecondsSummary {
  total: number;
  average: number | null;
  /** Half of them took no longer, and 19 of 20. */
  p50: number | null;
  p95: number | null;
  longest: number | null;
}

/** What counted calls say to people. */
export interface CallVolume {
  calls: number;
  byDirection: Record<Direction, number>;
  byResult: Record<CallResult, number>;
  /** Incoming calls that somebody answered. */
  answered: number;
  /** Calls in which somebody called us and was not served. */
  missed: number;
  /** Of those that wanted somebody, `answered` and `missed` together, the share that was answered, 0 to 1; null without any. */
  answerRate: number | null;
}

export function callVolume(counts: readonly CallCounts[]): CallVolume {
  const volume: CallVolume = {
    calls: 0,
    byDirection: zeros(DIRECTIONS),
    byResult: zeros(CALL_RESULTS),
    answered: 0,
    missed: 0,
    answerRate: null,
  };
  for (const { direction, result, calls, missed } of counts) {
    volume.calls += calls;
    volume.byDirection[direction] += calls;
    volume.byResult[result] += calls;
    volume.missed += missed;
    if (direction === 'inbound' && result === 'answered') volume.answered += calls;
  }
  const wanted = volume.answered + volume.missed;
  return { ...volume, answerRate: wanted === 0 ? null : volume.answered / wanted };
}

function zeros<K extends string>(names: readonly K[]): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
}
