import type { ChartUnit } from '../charts/chart-data';

export interface Change {
  /** For shares in points of 1, for all else a share of what it was. */
  by: number;
  isPoints: boolean;
  verdict: 'good' | 'bad' | 'neither';
}

/**
 * How a figure differs from what it was before.
 *
 * @param better  which way is good; neither where it says nothing
 * @returns undefined where there is nothing to compare
 */
export function changeOf(
  now: number | null,
  before: number | null,
  { unit, better }: { unit: ChartUnit; better: 'more' | 'less' | 'neither' },
): Change | undefined {
  if (now === null || before === null) return undefined;
  const isPoints = unit === 'share';
  if (!isPoints && before === 0) return undefined;
  const by = isPoints ? now - before : (now - before) / before;
  // What rounds to nothing is nothing.
  if (Math.abs(by) < 0.0005) return { by: 0, isPoints, verdict: 'neither' };
  const isGood = better === 'more' ? by > 0 : by < 0;
  return { by, isPoints, verdict: better === 'neither' ? 'neither' : isGood ? 'good' : 'bad' };
}
