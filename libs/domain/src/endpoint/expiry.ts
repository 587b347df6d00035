/** When tenants are told that something they use stops working. */
import { DAY } from '../delivery/durations.js';
import { instant, type Instant } from '../ids.js';
import type { OperationalEventType } from './operational-event-type.js';

/** So long before the end it is told. */
export const EXPIRY_AHEAD_DAYS = 7;

export interface Span {
  /** When it began to end: when a secret was replaced, or a key made. */
  since: Instant;
  expiresAt: Instant;
}

/** @returns when to tell: a week ahead, and where the span is shorter than two, after half of it */
export function expiryToldFrom({ since, expiresAt }: Span): Instant {
  return instant(expiresAt - Math.min(EXPIRY_AHEAD_DAYS * DAY, Math.max(0, expiresAt - since) / 2));
}

export type ExpiryType = Extract<OperationalEventType, `${string}expiring`>;

const WORDS: Readonly<Record<ExpiryType, (until: string) => string>> = {
  'endpoint.secret_expiring': (until) =>
    `Its secret was replaced, and the old one signs along until ${until}. From then on signatures must be checked with the new one.`,
  'endpoint.credentials_expiring': (until) =>
    `The client certificate that it is shown is valid until ${until}. From then on deliveries fail.`,
  'endpoint.access_expiring': (until) =>
    `What somebody agreed to on the CRM’s page ends at ${until}. Connect it again before.`,
  'connection.token_expiring': (until) =>
    `Its ingress URL was replaced, and the old one works until ${until}. From then on the PBX must use the new one.`,
  'api_key.expiring': (until) => `The key works until ${until}. From then on requests with it are refused.`,
};

/** What ends and what follows, in words for people. */
export function expiryWords(type: ExpiryType, expiresAt: Instant): string {
  return WORDS[type](new Date(expiresAt).toISOString());
}
