import { describe, expect, it } from '@jest/globals';
import { id, instant } from '#domain';
import type { CallHistory } from '#db';
import { timelineOf } from './timeline-of.js';

const AT = instant(1_000);

const HISTORY: CallHistory = {
  attempts: [
    {
      id: id('a1'),
      deliveryId: id('d1'),
      endpointId: id('p1'),
      number: 1,
      startedAt: instant(2_000),
      durationMs: 5,
      outcome: 'delivered',
      decision: 'done',
      status: 200,
      error: null,
      responseHeaders: { 'set-cookie': 's3cret' },
      responseBody: 'body',
      resolvedIp: null,
      timings: {},
      request: null,
    },
  ],
  deliveries: [
    {
      id: id('d1'),
      endpointId: id('p1'),
      eventId: id('e1'),
      callId: id('c1'),
      eventType: 'call.ended',
      sequence: 1,
      state: 'delivered',
      dueAt: AT,
      attemptCount: 1,
      reason: null,
      createdAt: AT,
      firstTriedAt: null,
      finishedAt: null,
      lastStatus: null,
      replayId: null,
    },
  ],
  events: [
    {
      id: id('e1'),
      type: 'call.ended',
      sequence: 1,
      occurredAt: instant(500),
      createdAt: AT,
      receiptId: 'r1',
    },
  ],
  receipts: [
    {
      id: id('r1'),
      connectionId: id('k1'),
      receivedAt: AT,
      route: 'cdr',
      method: 'POST',
      query: '',
      headers: { authorization: 's3cret' },
      sourceIp: '',
      note: null,
      state: 'done',
      reason: null,
      tries: 0,
    },
  ],
};

describe('timelineOf', () => {
  it('puts causes before effects of the same moment, and what came later last', () => {
    expect(timelineOf(HISTORY).map(({ kind }) => kind)).toEqual(['receipt', 'event', 'delivery', 'attempt']);
  });

  it('says when a delivery is tried next as long as it is to be, and where the time of a try went', () => {
    const [delivered] = HISTORY.deliveries;
    const [tried] = HISTORY.attempts;
    if (delivered === undefined || tried === undefined) throw new Error('The history has both.');
    const due = { ...delivered, state: 'due', dueAt: instant(9_000) } as const;
    const timed = { ...tried, timings: { dnsMs: 1, firstByteMs: 4 } };
    const items = timelineOf({ ...HISTORY, deliveries: [due], attempts: [timed] });
    expect(items[2]?.dueAt).toBe('1970-01-01T00:00:09.000Z');
    expect(items[3]?.timings).toEqual({ dnsMs: 1, firstByteMs: 4 });
    expect(timelineOf(HISTORY)[2]?.dueAt).toBeNull();
  });

  it('shows times as text, and neither headers nor bodies', () => {
    const items = timelineOf(HISTORY);
    expect(items[0]).toEqual({
      at: '1970-01-01T00:00:01.000Z',
      kind: 'receipt',
      id: 'r1',
      state: 'done',
      reason: null,
      reasonCode: null,
      reasonParams: null,
      route: 'cdr',
    });
    expect(JSON.stringify(items)).not.toMatch(/s3cret|body/);
  });
});
