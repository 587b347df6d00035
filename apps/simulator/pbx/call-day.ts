/** Days of calls: starts follow the opening hours, CDRs come out in the order in which the PBX sends them. */
import { instant, type Instant } from '#domain';
import { BUSYNESS } from './call-mix.js';
import { localClock, type WallTime } from './local-clock.js';
import type { Office } from './office.js';
import { plausibleCall, type PlayedCdr } from './plausible-call.js';
import { seededRandom, weighted, type Random } from './random.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface DayOptions {
  office: Office;
  /** True time of the day's first moment; the day lasts 24 hours from here. */
  from: Instant;
  /** Calls that start in it; a call has one or two CDRs. */
  calls: number;
  random: Random;
}

/** All CDRs of one day. On a Saturday the few calls that are asked for crowd into the evening. */
export function callDay({ office, from, calls, random }: DayOptions): PlayedCdr[] {
  const wall = localClock(office.timeZone);
  const startIn = dayStarts(office, from);
  const played: PlayedCdr[] = [];
  for (let call = 0; call < calls; call += 1) {
    const startedAt = startIn(random);
    played.push(...plausibleCall({ office, startedAt, wall, random }));
  }
  return played.sort((one, other) => one.at - other.at);
}

/** Draws when a call of that day starts: most of them in the opening hours. @param from  the day's first moment */
export function dayStarts(
  { timeZone }: Pick<Office, 'timeZone'>,
  from: Instant,
): (random: Random) => Instant {
  const wall = localClock(timeZone);
  const hours = Array.from({ length: 24 }, (_, hour) => instant(from + hour * HOUR_MS));
  const weights = Object.fromEntries(hours.map((at) => [String(at), busyness(wall(at))]));
  return (random) => instant(Number(weighted(random, weights)) + Math.floor(random() * HOUR_MS));
}

/**
 * One call after another without end, each of them over at the time that the clock shows when it is asked for: for live
 * demos and load. The CDRs of one call follow each other; `at` is when each would have been sent.
 */
export function* plausibleCalls({
  office,
  now,
  random,
}: {
  office: Office;
  now: () => Instant;
  random: Random;
}): Generator<PlayedCdr, never> {
  const wall = localClock(office.timeZone);
  for (;;) {
    // Only a call that was played tells how long it lasts, so each is played twice on the same dice.
    const seed = Math.floor(random() * 2 ** 32);
    const play = (startedAt: Instant) =>
      plausibleCall({ office, startedAt, wall, random: seededRandom(seed) });
    const end = now();
    const lasted = Math.max(...play(end).map(({ at }) => at)) - end;
    yield* play(instant(end - lasted));
  }
}

/** Days from `from` on, each with its own calls. */
export function* callDays(options: DayOptions & { days: number }): Generator<PlayedCdr> {
  for (let day = 0; day < options.days; day += 1) {
    yield* callDay({ ...options, from: instant(options.from + day * DAY_MS) });
  }
}

function busyness({ weekday, hour }: WallTime): number {
  return BUSYNESS[weekday]?.[hour] ?? 0;
}
