import type { LegReport } from '#domain';
import type { ToldTime } from './read-time-as.js';

/** What a message tells of how long its leg took, any of it absent. */
export interface ToldSpan {
  startedAt: ToldTime | null;
  answeredAt: ToldTime | null;
  endedAt: ToldTime | null;
  ringSeconds: number | null;
  queueSeconds: number | null;
  talkSeconds: number | null;
  menuSeconds: number | null;
  totalSeconds: number | null;
}

export type Span = Pick<
  LegReport,
  'startedEpochSeconds' | 'startedBy' | 'ringSeconds' | 'queueSeconds' | 'talkSeconds' | 'menuSeconds'
>;

const MILLI = 1000;

/**
 * The start and the lengths of a leg that is over, as far as they follow from what is told: a vendor tells the end and the length,
 * another one three moments. Nothing is guessed, and what contradicts itself says nothing.
 *
 * @param answered  whether anybody took the call: one that nobody took has no talk in it
 */
export function spanOf(told: ToldSpan, answered: boolean): Span {
  const { startedAt, answeredAt, endedAt, queueSeconds } = told;
  const total = told.totalSeconds ?? between(startedAt, endedAt);
  const talk = told.talkSeconds ?? (answered ? between(answeredAt, endedAt) : total === null ? null : 0);
  const before = (queueSeconds ?? 0) + (told.menuSeconds ?? 0);
  const ring =
    told.ringSeconds ??
    minus(between(startedAt, answeredAt), before) ??
    (talk === null ? null : minus(total, talk + before));
  const lasted = total ?? (talk !== null && ring !== null ? talk + ring + before : null);
  const start = startedAt ?? back(endedAt, lasted) ?? back(answeredAt, ring === null ? null : ring + before);
  return {
    startedEpochSeconds: start === null ? null : start.epochSeconds,
    ...(start?.by !== undefined && { startedBy: start.by }),
    ringSeconds: ring,
    queueSeconds,
    talkSeconds: talk,
    ...(told.menuSeconds !== null && { menuSeconds: told.menuSeconds }),
  };
}

/** Null where they are of different clocks, or the wrong way round. */
function between(from: ToldTime | null, to: ToldTime | null): number | null {
  if (from === null || to === null || from.by !== to.by) return null;
  return minus(to.epochSeconds, from.epochSeconds);
}

function back(from: ToldTime | null, seconds: number | null): ToldTime | null {
  if (from === null || seconds === null) return null;
  return { ...from, epochSeconds: Math.round((from.epochSeconds - seconds) * MILLI) / MILLI };
}

/** Without the crumbs of binary fractions. */
function minus(a: number | null, b: number): number | null {
  if (a === null || a < b) return null;
  return Math.round((a - b) * MILLI) / MILLI;
}
