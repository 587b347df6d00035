/** EspoCRM's times: UTC, without saying so. */
import type { Instant } from '#domain';

export function espoTime(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** 0 for what is none. */
export function timeInEspo(text: string): number {
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? 0 : at;
}
