import type { Instant } from '#domain';

/** `YYYY-MM-DD HH:MM:SS`: UTC, without saying so. */
export function pipedriveTime(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
