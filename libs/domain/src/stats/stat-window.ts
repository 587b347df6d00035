import { DAY, HOUR, MINUTE } from '../delivery/durations.js';
import { instant, type Instant } from '../ids.js';

/** The spans of time that tries are counted by. */
export const STAT_SPANS = ['minute', 'hour'] as const;
export type StatSpan = (typeof STAT_SPANS)[number];

export const SPAN_MS: Readonly<Record<StatSpan, number>> = { minute: MINUTE, hour: HOUR };

/** Counters are kept for as long as a window and the one before it can ask for them, and a while more. */
export const SPAN_KEPT_MS: Readonly<Record<StatSpan, number>> = { minute: 6 * HOUR, hour: 15 * DAY };

export const MOST_STAT_HOURS = 168;
/** Windows up to this are told minute by minute, longer ones hour by hour: a chart wants neither 3 points nor 10,000. */
const MOST_HOURS_BY_MINUTE = 3;

/** A window that ends now and begins with a whole span, so it reaches back up to a span more than was asked for. */
export interface StatWindow {
  span: StatSpan;
  from: Instant;
  to: Instant;
}

/** @param hours  1 to `MOST_STAT_HOURS` */
export function statWindow(now: Instant, hours: number): StatWindow {
  const span = hours <= MOST_HOURS_BY_MINUTE ? 'minute' : 'hour';
  return { span, from: spanStart(instant(now - hours * HOUR), span), to: now };
}

/** The window of the same length that ended when this one began. Only hours are kept for so long. */
export function windowBefore({ span, from, to }: StatWindow): StatWindow {
  return { span, from: instant(from - (to - from)), to: instant(from - 1) };
}

/** The beginning of the span that a time lies in, UTC. */
export function spanStart(at: Instant, span: StatSpan): Instant {
  return instant(Math.floor(at / SPAN_MS[span]) * SPAN_MS[span]);
}

/** The beginnings of all spans of a window, the oldest first. */
export function spansOf({ span, from, to }: StatWindow): Instant[] {
  const count = Math.floor((to - from) / SPAN_MS[span]) + 1;
  return Array.from({ length: count }, (_, index) => instant(from + index * SPAN_MS[span]));
}
