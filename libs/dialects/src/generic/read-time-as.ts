import { fromEpoch, isTimeZone } from '#domain';
import { finiteNumber, readMoment } from '../content/scalars.js';
import type { ReadyTime, TimePart, TimePattern } from './ready-mapping.js';

/** A time as a report tells it: `by` says whether an offset is known, as `startedBy` does. */
export interface ToldTime {
  epochSeconds: number;
  by?: 'utc' | 'local';
}

const SECOND = 1000;
const HALF_DAY = 12;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** What databases write where there is no time. */
const NO_TIME = /^(?:0|0+[-/]0+[-/]0+|0001-01-01|1970-01-01|1900-01-01)(?:[T ]|$)/;

/** @returns `none` for what stands for no time, null for what cannot be read */
export function readTimeAs({ format, zone, none }: ReadyTime, written: string): ToldTime | 'none' | null {
  const text = written.trim();
  if (none.has(text) || NO_TIME.test(text) || finiteNumber(text) === 0) return 'none';
  const told = format === null ? readMoment(text) : readPattern(format, text);
  if (told === null || zone === null || told.by !== 'local' || !isTimeZone(zone)) return told;
  const at = fromEpoch(told.epochSeconds, { epochs: 'local', timeZone: zone });
  return { epochSeconds: at / SECOND, by: 'utc' };
}

function readPattern({ like, parts }: TimePattern, text: string): ToldTime | null {
  const groups = like.exec(text)?.slice(1);
  if (groups === undefined) return null;
  const part = (name: TimePart) => groups[parts.indexOf(name)];
  const number = (name: TimePart) => Number(part(name) ?? 0);
  const month = parts.includes('MMM') ? MONTHS.indexOf((part('MMM') ?? '').toLowerCase()) + 1 : number('MM');
  const hour = parts.includes('hh')
    ? (number('hh') % HALF_DAY) + (/p/i.test(part('A') ?? '') ? HALF_DAY : 0)
    : number('HH');
  const [year, day, minute, second] = [number('YYYY'), number('DD'), number('mm'), number('ss')];
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && at.getUTCHours() === hour;
  if (!isReal || at.getUTCMinutes() !== minute) return null;
  const fraction = Number(`0.${part('SSS') ?? '0'}`);
  return { epochSeconds: at.getTime() / SECOND + Math.round(fraction * SECOND) / SECOND, by: 'local' };
}
