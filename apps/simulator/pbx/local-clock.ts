/**
 * The wall clock of an office, as a Voicenter PBX prints it.
 *
 * Source: design "Dialects", trap 1. Written with Intl from true time, and not as the inverse of our own reading of such
 * epochs: two independent ways meet in the tests.
 */
import type { Instant } from '#domain';

export interface WallTime {
  /** The wall clock encoded as if it were UTC, whole seconds. */
  epochSeconds: number;
  /** `YYYYMMDDhhmmss`: what a call id begins with. */
  digits: string;
  /** 0 is Sunday. */
  weekday: number;
  hour: number;
}

/** @param timeZone  IANA name; throws RangeError when there is no such zone */
export function localClock(timeZone: string): (at: Instant) => WallTime {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (at) => {
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(at)) part[type] = value;
    const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = part;
    const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000;
    return {
      epochSeconds: midnight + Number(hour) * 3600 + Number(minute) * 60 + Number(second),
      digits: `${year}${month}${day}${hour}${minute}${second}`,
      weekday: (Math.floor(midnight / 86_400) + 4) % 7,
      hour: Number(hour),
    };
  };
}
