import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { instant, type AppError } from '#domain';
import { readReplayOrder } from './read-replay-order.js';

const NOW = instant(Date.UTC(2026, 10, 21, 12));
const ORDER = { kind: 'events', from: '2026-11-21T11:00:00Z' } as const;
const ENDPOINT = '019A9E5C-7A00-7000-8000-000000000000';

function wrong(order: object): unknown {
  try {
    return readReplayOrder({ ...ORDER, ...order }, NOW, 30);
  } catch (error) {
    const { errors } = (error as AppError).details as { errors: { field: string }[] };
    return errors.map(({ field }) => field);
  }
}

describe('readReplayOrder', () => {
  it('takes everything until now where nothing else is said', () => {
    expect(readReplayOrder(ORDER, NOW, 30)).toEqual({
      from: NOW - 3_600_000,
      to: NOW,
      eventTypes: [],
      endpointIds: [],
      status: 'any',
      number: null,
      callId: null,
      reason: null,
    });
  });

  it('knows what became of the events by the kind', () => {
    expect(readReplayOrder({ ...ORDER, kind: 'failed' }, NOW, 30).status).toBe('dead');
    const missed = readReplayOrder({ ...ORDER, kind: 'missed', endpointIds: [ENDPOINT] }, NOW, 30);
    expect(missed).toMatchObject({ status: 'never', endpointIds: [ENDPOINT.toLowerCase()] });
  });

  it('reads a number by its digits', () => {
    expect(readReplayOrder({ ...ORDER, number: '+972 (50) 234-5678' }, NOW, 30).number).toBe('972502345678');
  });

  it('refuses what does not go together', () => {
    expect(wrong({ from: '2026-11-21T13:00:00Z' })).toEqual(['from']);
    expect(wrong({ from: '2026-10-01T00:00:00Z' })).toEqual(['from']);
    expect(wrong({ to: '2026-11-22T00:00:00Z' })).toEqual(['to']);
    expect(wrong({ kind: 'missed' })).toEqual(['endpointIds']);
    expect(wrong({ kind: 'failed', status: 'any' })).toEqual(['status']);
  });
});
