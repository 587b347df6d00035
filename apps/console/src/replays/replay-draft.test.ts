import { describe, expect, it } from 'vitest';
import { orderOf, progressOf, readReplayDraft } from './replay-draft';

const NOW = Date.parse('2026-11-30T12:00:00.000Z');

describe('orders of replays', () => {
  it('are read of an address as far as they are known', () => {
    expect(readReplayDraft({ kind: 'events', status: 'lost', callId: 'c', x: 1 })).toEqual({
      kind: 'events',
      callId: 'c',
    });
  });

  it('go back a day where nobody says since when', () => {
    expect(orderOf({}, NOW, 60)).toEqual({
      order: { kind: 'failed', from: '2026-11-29T12:00:00.000Z', ratePerMinute: 60 },
    });
  });

  it('say what became of events only where events are sent', () => {
    const draft = { status: 'dead', from: 'f', endpointId: 'e', eventType: 'call.ended' } as const;
    expect(orderOf({ ...draft, kind: 'failed' }, NOW, 60)).not.toHaveProperty('order.status');
    expect(orderOf({ ...draft, kind: 'events' }, NOW, 60)).toEqual({
      order: {
        kind: 'events',
        status: 'dead',
        from: 'f',
        endpointIds: ['e'],
        eventTypes: ['call.ended'],
        ratePerMinute: 60,
      },
    });
  });

  it('lack an endpoint where they are about what one endpoint missed', () => {
    expect(orderOf({ kind: 'missed' }, NOW, 60)).toEqual({ lacks: 'needsEndpoint' });
  });
});

describe('progressOf', () => {
  it('is never more than all of it, however much was counted at first', () => {
    expect(progressOf({ queued: 3, total: 2, state: 'running' })).toBe(100);
    expect(progressOf({ queued: 1, total: 4, state: 'running' })).toBe(25);
    expect(progressOf({ queued: 0, total: 0, state: 'running' })).toBe(0);
    expect(progressOf({ queued: 0, total: 0, state: 'done' })).toBe(100);
    expect(progressOf({ queued: 3, total: 9, state: 'cancelled' })).toBeCloseTo(33.3, 0);
  });
});
