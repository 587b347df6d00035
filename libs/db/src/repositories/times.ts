import { instant, type Instant } from '#domain';

/** Prisma speaks in Dates, everything of ours in Instants. */
export function dateOf(at: Instant): Date {
  return new Date(at);
}

export function instantOf(date: Date): Instant {
  return instant(date.getTime());
}

export function instantOrNull(date: Date | null): Instant | null {
  return date === null ? null : instantOf(date);
}

/** When a UUIDv7 was made: its first 48 bits are milliseconds (RFC 9562, section 5.7). */
export function instantOfId(id: string): Instant {
  return instant(parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
