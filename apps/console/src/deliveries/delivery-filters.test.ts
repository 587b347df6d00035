import { describe, expect, it } from 'vitest';
import { readDeliveryFilters, retryOf } from './delivery-filters';

const NOW = Date.parse('2026-11-30T12:00:00.000Z');

describe('filters of deliveries', () => {
  it('takes from an address what it knows and nothing else', () => {
    expect(readDeliveryFilters({ state: 'dead', status: 503, from: '2026-11-30', x: 1 })).toEqual({
      state: 'dead',
      status: 503,
      from: '2026-11-30',
    });
    expect(readDeliveryFilters({ state: 'lost', status: '9' })).toEqual({});
  });
});

describe('retryOf', () => {
  it('is about the same deliveries as the list', () => {
    const filters = { state: 'dead', endpointId: 'e', eventType: 'call.ended', from: 'f' } as const;
    expect(retryOf(filters, NOW)).toEqual({
      kind: 'failed',
      from: 'f',
      endpointIds: ['e'],
      eventTypes: ['call.ended'],
    });
  });

  it('goes back a week where nobody says since when', () => {
    expect(retryOf({}, NOW)?.from).toBe('2026-11-23T12:00:00.000Z');
  });

  it('is none where it would be about others than those that are shown', () => {
    expect(retryOf({ state: 'delivered' }, NOW)).toBeUndefined();
    expect(retryOf({ state: 'dead', status: 503 }, NOW)).toBeUndefined();
    expect(retryOf({ replayId: 'r' }, NOW)).toBeUndefined();
  });
});
