/** How many there were in each of the latest spans of time: coarse, and small enough to be kept in a row. */
import type { Instant } from '../ids.js';

export interface CountRing {
  /** Number of the newest span since 1970. */
  newest: number;
  /** Counts, the newest span first; missing ones are 0. */
  counts: readonly number[];
}

export const EMPTY_RING: CountRing = { newest: 0, counts: [] };

/** How long a span is, and how many are remembered. */
export interface RingShape {
  spanMs: number;
  spans: number;
}

/** One more at this time; what is older than the ring remembers changes nothing. */
export function countedAt(ring: CountRing, at: Instant, { spanMs, spans }: RingShape): CountRing {
  const span = Math.floor(at / spanMs);
  const newest = Math.max(ring.newest, span);
  const older = newest - span;
  if (older >= spans) return ring;
  const moved = Math.min(newest - ring.newest, spans);
  const counts = [...Array.from({ length: moved }, () => 0), ...ring.counts].slice(0, spans);
  while (counts.length <= older) counts.push(0);
  counts[older] = (counts[older] ?? 0) + 1;
  return { newest, counts: withoutEnd(counts) };
}

/**
 * How many there were in the last `spans` spans before now, a part of the oldest one in proportion: whole spans alone would
 * make the number fall to nothing each time one begins.
 */
export function countWithin(ring: CountRing, now: Instant, { spanMs, spans }: RingShape): number {
  const current = Math.floor(now / spanMs);
  const passed = now / spanMs - current;
  let sum = 0;
  for (const [index, count] of ring.counts.entries()) {
    const age = current - (ring.newest - index);
    if (age < 0 || age < spans) sum += count;
    else if (age === spans) sum += count * (1 - passed);
  }
  return Math.round(sum);
}

function withoutEnd(counts: number[]): number[] {
  while (counts.at(-1) === 0) counts.pop();
  return counts;
}
