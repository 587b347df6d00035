import type { Instant } from '../ids.js';
import { MAX_EPOCH_SECONDS, fromEpochBefore, type EpochReading } from '../time/wall-clock.js';
import type { LegReport } from './leg-report.js';

const SECOND = 1000;
/** A report of an end comes at once, or nearly. */
const PROMPT_MS = 15 * 60 * SECOND;

/** A clock that is set to another zone may be ahead by a day. What is told for later is no start. */
const MOST_AHEAD_MS = 24 * 3600 * SECOND;

/** The year 2000: by a clock of ours that was never set nobody is judged. */
const OUR_TIME_MS = 946_684_800 * SECOND;

type Lengths = Pick<LegReport, 'ringSeconds' | 'queueSeconds' | 'talkSeconds' | 'menuSeconds'>;

/** The start and the lengths that a report tells, as far as they can be believed. */
export interface ReportedTimes extends Lengths {
  start: Instant | null;
  /** There where the report tells a start that cannot be one. */
  startRefused?: true;
}

/** @param receivedAt  of the webhook: nothing that it tells of began later */
export function timesOf(report: LegReport, reading: EpochReading, receivedAt: Instant): ReportedTimes {
  const lastedMs = secondsOf(report) * SECOND;
  const startBy = (by: EpochReading) => startIn(report, by, { receivedAt, lastedMs });
  if (report.startUnproven !== true) {
    const start = startBy(reading);
    const isRefused = start === null && report.startedEpochSeconds !== null;
    const times = timesWith(start, report);
    if (isRefused) times.startRefused = true;
    return times;
  }
  const lagOf = (start: Instant | null) => (start === null ? Number.NaN : receivedAt - start - lastedMs);
  const starts = [startBy(reading), startBy({ timeZone: reading.timeZone, epochs: 'utc' })];
  const prompt = starts.find((start) => Math.abs(lagOf(start)) <= PROMPT_MS);
  const start = prompt ?? starts.find((one) => lagOf(one) > 0) ?? null;
  return timesWith(start, start === null ? NOTHING : report);
}

const NOTHING = { ringSeconds: null, queueSeconds: null, talkSeconds: null };

function timesWith(
  start: Instant | null,
  { ringSeconds, queueSeconds, talkSeconds, menuSeconds }: Lengths,
): ReportedTimes {
  const times: ReportedTimes = { start, ringSeconds, queueSeconds, talkSeconds };
  if (menuSeconds !== undefined) times.menuSeconds = menuSeconds;
  return times;
}

function secondsOf({ ringSeconds, queueSeconds, talkSeconds, menuSeconds = 0 }: Lengths): number {
  return menuSeconds + (ringSeconds ?? 0) + (queueSeconds ?? 0) + (talkSeconds ?? 0);
}

function startIn(
  { startedEpochSeconds: seconds, startedBy }: LegReport,
  reading: EpochReading,
  evidence: { receivedAt: Instant; lastedMs: number },
): Instant | null {
  const known = seconds !== null && seconds >= 0 && seconds <= MAX_EPOCH_SECONDS;
  if (!known) return null;
  const epochs = startedBy ?? reading.epochs;
  const start = fromEpochBefore(seconds, { timeZone: reading.timeZone, epochs }, evidence);
  const isOurClockSet = evidence.receivedAt >= OUR_TIME_MS;
  return isOurClockSet && start > evidence.receivedAt + MOST_AHEAD_MS ? null : start;
}
