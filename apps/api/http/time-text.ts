import { instant, type Instant } from '#domain';

/** Times are ISO 8601 text outside, Instants inside. */
export function timeText(at: Instant): string {
  return new Date(at).toISOString();
}

export function timeTextOrNull(at: Instant | null): string | null {
  return at === null ? null : timeText(at);
}

/** @param text  already checked to be a date and time with an offset */
export function readTime(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : instant(Date.parse(text));
}
