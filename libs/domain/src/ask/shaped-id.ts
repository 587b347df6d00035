/**
 * The id under which clients of a vendor know a call or an order that was not placed on that vendor's PBX: 32 characters,
 * the local time `yyyyMMddHHmmss` and 18 hexadecimal digits. Those are the last of our own id, so nothing need be kept: the
 * time says where to look, the digits which one it is.
 */
import { bornAt, instant, type Instant } from '../ids.js';
import { offsetOf } from '../time/wall-clock.js';

const SHAPE = /^(\d{14})([0-9a-f]{18})$/;
/** Wall clocks repeat an hour in autumn, and a zone may have been changed since: a day to each side finds it anyway. */
const SLACK_MS = 26 * 3_600_000;

/** @param uuid  a UUIDv7 of ours */
export function shapedId(uuid: string, timeZone: string): string {
  const born = bornAt(uuid);
  const wall = new Date(born + offsetOf(timeZone, born)).toISOString().replace(/\D/g, '').slice(0, 14);
  return wall + tailOf(uuid);
}

/** The part of an id of ours that a shaped id keeps: 18 hexadecimal digits. */
export function tailOf(uuid: string): string {
  return uuid.replaceAll('-', '').slice(-18);
}

export interface ShapedSpan {
  from: Instant;
  to: Instant;
  tail: string;
}

/** Where to look for the id behind a shaped one; null for a text of another shape. Case does not matter. */
export function shapedSpan(text: string): ShapedSpan | null {
  const [, stamp, tail] = SHAPE.exec(text.toLowerCase()) ?? [];
  if (stamp === undefined || tail === undefined) return null;
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((at) =>
    Number(stamp.slice(at, at === 0 ? 4 : at + 2)),
  ) as [number, number, number, number, number, number];
  const middle = Date.UTC(year, month - 1, day, hour, minute, second);
  if (!Number.isFinite(middle)) return null;
  return { from: instant(middle - SLACK_MS), to: instant(middle + SLACK_MS), tail };
}

/** The smallest and largest UUIDv7 that were made in a span, to bound an index by. */
export function uuidsIn({ from, to }: Pick<ShapedSpan, 'from' | 'to'>): { least: string; most: string } {
  const hex = (at: number) => Math.max(0, at).toString(16).padStart(12, '0');
  const [a, b] = [hex(from), hex(to)];
  return {
    least: `${a.slice(0, 8)}-${a.slice(8)}-0000-0000-000000000000`,
    most: `${b.slice(0, 8)}-${b.slice(8)}-ffff-ffff-ffffffffffff`,
  };
}
