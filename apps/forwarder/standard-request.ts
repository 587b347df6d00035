import type { DueDelivery } from '#db';
import { sign } from '#platform';

const USER_AGENT = 'Switchhook/1 (+https://switchhook.dev)';

/**
 * The `standard` format: our JSON event with Standard Webhooks headers. The data's text is the one that was stored when
 * the event happened, so every try and every endpoint gets the same bytes.
 *
 * @param secrets  opened; every one of them signs
 */
export function standardRequest(
  delivery: Pick<DueDelivery, 'id' | 'eventId' | 'eventType' | 'sequence' | 'occurredAt' | 'payload'>,
  secrets: readonly string[],
  timestampSeconds: number,
): { method: 'POST'; headers: Record<string, string>; body: string } {
  const timestamp = new Date(delivery.occurredAt).toISOString();
  const head = `{"id":"${delivery.eventId}","type":"${delivery.eventType}","timestamp":"${timestamp}"`;
  const body = `${head},"sequence":${String(delivery.sequence)},"data":${delivery.payload}}`;
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      'webhook-id': delivery.id,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': sign({ id: delivery.id, timestampSeconds, body, secrets }),
    },
    body,
  };
}
