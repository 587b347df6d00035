import { instant, type AttemptId } from '#domain';
import type { DeliveryRecord } from '#db';
import { newId } from '#platform';

/** A try that got through, ready to be written down. */
export function deliveryRecord(
  of: Pick<DeliveryRecord, 'deliveryId' | 'tenantId' | 'endpointId' | 'fence'>,
  traits: Partial<DeliveryRecord> = {},
): DeliveryRecord {
  return {
    state: 'delivered',
    reason: null,
    waitMs: 0,
    attemptCount: 1,
    refusals: 0,
    tries: 0,
    attempt: {
      id: newId<AttemptId>(),
      number: 1,
      startedAt: instant(Date.now()),
      durationMs: 3,
      outcome: 'delivered',
      decision: 'The endpoint answered 200.',
      status: 200,
      error: null,
      responseHeaders: {},
      responseBody: 'ok',
      resolvedIp: '127.0.0.1',
      timings: {},
      request: null,
    },
    ...of,
    ...traits,
  };
}
