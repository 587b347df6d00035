/**
 * Whether hours are open in all of several zones at once, and when they are next. Exact on days on which clocks change: a moment is
 * open when the clock on the wall shows an open minute, so an hour that is skipped is not there, and one that comes twice counts
 * twice.
 */
import { instant, type Instant } from '../ids.js';
import { offsetOf } from '../time/wall-clock.js';
import type { OpenHours } from './open-hours.js';

const MINUTE = 60_000;
/** Clocks change at whole quarters of an hour: see `wall-clock.ts`. */
const SLOT = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
/** Whatever opens later than this does not open: hours of zones that have none in common, a year of holidays. */
const HORIZON = 400 * DAY;
/** Minutes that are remembered for each set of zones; when full, all are forgotten. */
const MOST_MINUTES = 4096;
/** 1970-01-01 was a Thursday, the fourth day of a week from Monday. */
const THURSDAY = 3;
const WEEK = 7;

const NEVER = -1;

type Openings = Map<number, number>;
/** By hours and zones; the openings by minute. */
const remembered = new WeakMap<OpenHours, WeakMap<readonly string[], Openings>>();

export function windowIsOpen(hours: OpenHours, zones: readonly string[], now: Instant): boolean {
  return nextOpening(hours, zones, now) === now;
}

/**
 * The first moment, from `now` on, that is open in every zone; `now` itself where it is. Null where there is none within 400 days,
 * or no zone.
 *
 * @param zones  IANA names; remembered by the array, so hand over what `zonesOf` gives
 * @throws RangeError for an unknown zone
 */
export function nextOpening(hours: OpenHours, zones: readonly string[], now: Instant): Instant | null {
  if (zones.length === 0) return null;
  const openings = openingsOf(hours, zones);
  const minute = Math.floor(now / MINUTE);
  let opening = openings.get(minute);
  if (opening === undefined) {
    opening = firstOpening(hours, zones, minute * MINUTE);
    if (openings.size >= MOST_MINUTES) openings.clear();
    openings.set(minute, opening);
  }
  // A minute is open as a whole or not at all.
  return opening === NEVER ? null : instant(Math.max(opening, now));
}

function openingsOf(hours: OpenHours, zones: readonly string[]): Openings {
  let byZones = remembered.get(hours);
  if (byZones === undefined) {
    byZones = new WeakMap();
    remembered.set(hours, byZones);
  }
  let openings = byZones.get(zones);
  if (openings === undefined) {
    openings = new Map();
    byZones.set(zones, openings);
  }
  return openings;
}

/** Each zone in turn moves the moment on to its own next opening, until none has to. */
function firstOpening(hours: OpenHours, zones: readonly string[], from: number): number {
  let at = from;
  let agreed = 0;
  while (agreed < zones.length) {
    for (const zone of zones) {
      const next = openingIn(hours, zone, at, from + HORIZON);
      if (next === NEVER) return NEVER;
      agreed = next === at ? agreed + 1 : 1;
      at = next;
      if (agreed >= zones.length) break;
    }
  }
  return at;
}

function openingIn(hours: OpenHours, zone: string, from: number, until: number): number {
  let at = from;
  while (at < until) {
    const offset = offsetOf(zone, instant(at));
    const next = at + untilOpen(hours, at + offset);
    if (next === at) return at;
    // Where the clock changes before then, what it will show has to be read anew from quarter to quarter.
    const isSteady = offsetOf(zone, instant(next)) === offset;
    at = isSteady ? next : Math.min(next, (Math.floor(at / SLOT) + 1) * SLOT);
  }
  return NEVER;
}

/** How long it is until the hours open or the day ends, whichever is first; 0 where they are open. */
function untilOpen({ days, closed }: OpenHours, wall: number): number {
  const day = Math.floor(wall / DAY);
  const minute = Math.floor((wall - day * DAY) / MINUTE);
  const midnight = (day + 1) * DAY - wall;
  if (closed.has(day)) return midnight;
  const weekday = (((day + THURSDAY) % WEEK) + WEEK) % WEEK;
  const range = days[weekday]?.find(([, to]) => minute < to);
  if (range === undefined) return midnight;
  return range[0] <= minute ? 0 : day * DAY + range[0] * MINUTE - wall;
}
