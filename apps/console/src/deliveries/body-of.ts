import type { AttemptDto, DeliveryDetailDto } from '../api/operations';

type Sent = Pick<DeliveryDetailDto, 'eventId' | 'eventType' | 'sequence' | 'occurredAt' | 'payload'>;

/** Of a body that was kept at most so much was. */
export const KEPT_BYTES = 16 * 1024;

/**
 * The body of a try. That of our own format is not kept: it is the event around its data, and is written here as it was.
 *
 * @returns null where there was none, or where it is not known any more
 */
export function bodyOf(
  { requestBody, requestHeaders }: Pick<AttemptDto, 'requestBody' | 'requestHeaders'>,
  { eventId, eventType, sequence, occurredAt, payload }: Sent,
): string | null {
  if (requestBody !== null) return requestBody;
  // Nothing tells that there was a body but what it was said to be.
  if (payload === null || occurredAt === null || !isJson(requestHeaders)) return null;
  const head = { id: eventId, type: eventType, timestamp: occurredAt, sequence };
  return JSON.stringify({ ...head, data: payload });
}

function isJson(headers: AttemptDto['requestHeaders']): boolean {
  const type = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type');
  return type?.[1].includes('json') === true;
}
