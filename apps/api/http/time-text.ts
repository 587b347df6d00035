import type { Instant } from '#domain';
import { readInstant } from './read-instant.js';

/** Times are ISO 8601 text outside, Instants inside. */
export function timeText(at: Instant): string {
  return new Date(at).toISOString();
}

export function timeTextOrNull(at: Instant | null): string | null {
  return at === null ? null : timeText(at);
}

/** @param text  already checked by `TimeField`. @throws when it was not, which is a mistake of ours */
export function readTime(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const reading = readInstant(text);
  if (!reading.ok) throw new Error(`A time that nobody checked: it ${reading.problem}.`);
  return reading.instant;
}
