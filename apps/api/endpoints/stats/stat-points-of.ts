import { spansOf, summariseTries, type Instant, type StatWindow, type TryTally } from '#domain';
import { timeText } from '../../http/time-text.js';
import type { StatPointDto } from './endpoint-stats.dto.js';

/** The points of a chart of tries, the oldest first. Also those in which nothing was tried: a chart has no gaps. */
export function statPointsOf(
  window: StatWindow,
  spans: readonly { at: Instant; tally: TryTally }[],
): StatPointDto[] {
  const known = new Map(spans.map(({ at, tally }) => [at, summariseTries(tally)]));
  return spansOf(window).map((at) => {
    const { delivered = 0, failed = 0, answered } = known.get(at) ?? {};
    const { p50Ms = null, p95Ms = null, p99Ms = null } = answered ?? {};
    return { at: timeText(at), delivered, failed, p50Ms, p95Ms, p99Ms };
  });
}
