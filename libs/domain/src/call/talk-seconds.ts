import { valuesOf } from '../values-of.js';
import type { ReadLeg } from './read-leg.js';

const SECOND = 1000;

/**
 * How long they talked, over all legs given. CDRs of one call follow each other and are added. Legs that were only heard
 * of may be two ends of one conversation, or overlap while a call is handed on: there the time counts in which anybody
 * talked.
 */
export function talkSeconds(legs: readonly ReadLeg[]): number | null {
  const known = valuesOf(legs, (leg) => leg.talkSeconds);
  if (known.length === 0) return null;
  const spans = valuesOf(legs, spanOf);
  const added = known.reduce((sum, seconds) => sum + seconds, 0);
  return legs.some((leg) => leg.accounted) || spans.length < 2 ? added : covered(spans);
}

type Span = readonly [from: number, to: number];

function spanOf({ answeredAt, endedAt }: ReadLeg): Span | null {
  return answeredAt === null || endedAt === null ? null : [answeredAt, endedAt];
}

function covered(spans: readonly Span[]): number {
  let sum = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    sum += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return Math.round(sum / SECOND);
}
