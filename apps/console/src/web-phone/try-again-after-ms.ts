const FIRST_MS = 2_000;
const MOST_MS = 60_000;

/** How long to wait before the next try, twice as long each time. @param tries  that failed before the last one */
export function tryAgainAfterMs(tries: number): number {
  return Math.min(FIRST_MS * 2 ** tries, MOST_MS);
}
