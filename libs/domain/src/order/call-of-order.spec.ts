import { describe, expect, it } from '@jest/globals';
import { id, instant, type ConnectionId, type OrderId } from '../ids.js';
import { callOfOrder } from './call-of-order.js';
import { orderOf } from './order.js';

const ORDER = orderOf(
  'call',
  { kind: 'extension', value: '101' },
  { kind: 'number', value: '+972501234567' },
  { variables: { ticket: '7' } },
);
const going = {
  id: id<OrderId>('019aceb1-2345-7abc-9def-0123456789ab'),
  connectionId: id<ConnectionId>('k'),
  vendorCallId: null,
  order: ORDER,
  state: 'accepted',
  sentAt: instant(1_700_000_000_000),
} as const;

describe('callOfOrder', () => {
  it('is what the order says, ringing since it was sent', () => {
    const call = callOfOrder(going, { country: 'IL', timeZone: 'Asia/Jerusalem' });
    expect(call).toMatchObject({
      state: 'ringing',
      direction: 'outbound',
      extension: '101',
      startedAt: going.sentAt,
      customData: { ticket: '7', order_id: going.id },
      to: { e164: '+972501234567' },
    });
    expect(call.closedAt).toBeNull();
  });

  it('finds the extension whichever party it is', () => {
    const turned = { ...going, order: { ...ORDER, first: ORDER.second ?? ORDER.first, second: ORDER.first } };
    const call = callOfOrder(turned, { country: 'IL', timeZone: 'UTC' });
    expect(call).toMatchObject({ extension: '101', to: { e164: '+972501234567' } });
  });
});
