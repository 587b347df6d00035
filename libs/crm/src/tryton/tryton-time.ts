import { textIn } from '../talk/members.js';

/** A time of Tryton's JSON, which is UTC in parts, in milliseconds since 1970; 0 for all else. */
export function trytonTime(value: unknown): number {
  const part = (name: string) => Number(textIn(value, name) || '0');
  if (textIn(value, '__class__') !== 'datetime') return 0;
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const at = Date.UTC(year, month - 1, day, part('hour'), part('minute'), part('second'));
  return Number.isNaN(at) ? 0 : at;
}
