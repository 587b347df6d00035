/**
 * Where a page ended, as opaque text: the sort key of its last item. It names no offset, so items that come or go
 * between two pages are neither shown twice nor skipped.
 */
import { AppError, instant, isUuid, type Instant } from '#domain';
import { isHoldable } from './read-instant.js';

const E164 = /^\+\d{1,20}$/;

export interface TimeAndId {
  startedAt: Instant;
  id: string;
}

export function idCursor(id: string): string {
  return encode([id]);
}

/** @throws AppError `cursor.invalid` */
export function readIdCursor(text: string | undefined): string | null {
  if (text === undefined) return null;
  const [id, ...rest] = decode(text);
  if (typeof id !== 'string' || !isUuid(id) || rest.length > 0) throw invalid();
  return id;
}

export function timeCursor({ startedAt, id }: TimeAndId): string {
  return encode([startedAt, id]);
}

/** @throws AppError `cursor.invalid` */
export function readTimeCursor(text: string | undefined): TimeAndId | null {
  if (text === undefined) return null;
  const [at, id, ...rest] = decode(text);
  if (typeof at !== 'number' || !isHoldable(at)) throw invalid();
  if (typeof id !== 'string' || !isUuid(id) || rest.length > 0) throw invalid();
  return { startedAt: instant(at), id };
}

/** Of a list in the order of its numbers. */
export function numberCursor(e164: string): string {
  return encode([e164]);
}

/** @throws AppError `cursor.invalid` */
export function readNumberCursor(text: string | undefined): string | null {
  if (text === undefined) return null;
  const [e164, ...rest] = decode(text);
  if (typeof e164 !== 'string' || !E164.test(e164) || rest.length > 0) throw invalid();
  return e164;
}

function encode(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function decode(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parts)) return parts;
  } catch {
    // Falls through to the one answer for every cursor that is not ours.
  }
  throw invalid();
}

function invalid(): AppError {
  return new AppError(
    'rejected',
    'cursor.invalid',
    'The cursor is not one of ours: take nextCursor as it was given.',
  );
}
