/** The id that a call's activity gets: Dataverse lets the client choose it, so a second create of the same call is refused. */
import { createHash } from 'node:crypto';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Our own id where it is a UUID, as it should be; else one that is always the same for it. */
export function activityId(callId: string): string {
  if (UUID.test(callId)) return callId.toLowerCase();
  const hex = createHash('sha256').update(callId).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
