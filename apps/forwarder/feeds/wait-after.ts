const FIRST_MS = 1_000;
const MOST_MS = 10 * 60_000;
/** A login that was refused is refused again, and may lock the account. */
const REFUSED_MS = 60_000;

/**
 * How long a channel rests after it failed so many times one after the other: twice as long each time, somewhere in the upper half of
 * that, so that many channels of one PBX do not come back at once.
 *
 * @param failures  from 1
 * @param chance  from 0 to below 1
 */
export function waitAfter(
  failures: number,
  { isRefused, chance }: { isRefused: boolean; chance: number },
): number {
  const first = isRefused ? REFUSED_MS : FIRST_MS;
  const most = Math.min(first * 2 ** Math.min(failures - 1, 20), MOST_MS);
  return Math.round(most / 2 + (most / 2) * chance);
}
