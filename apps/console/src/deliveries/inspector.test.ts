import { describe, expect, it } from 'vitest';
import { bodyOf } from './body-of';
import { likeOrder } from './like-order';
import { whatFollows } from './what-follows';

const NOW = Date.parse('2026-11-30T12:00:00.000Z');

describe('whatFollows', () => {
  it('says when it is tried again, and how long that is', () => {
    const due = { state: 'due', dueAt: '2026-11-30T12:05:00.000Z', attemptCount: 1 } as const;
    expect(whatFollows(due, NOW)).toEqual({ kind: 'due', at: due.dueAt, leftMs: 300_000 });
    expect(whatFollows(due, NOW + 400_000)).toEqual({ kind: 'now' });
    expect(whatFollows({ ...due, dueAt: null, attemptCount: 0 }, NOW)).toEqual({ kind: 'first' });
  });

  it('is nothing of what is over', () => {
    expect(whatFollows({ state: 'dead', dueAt: null, attemptCount: 9 }, NOW)).toEqual({ kind: 'dead' });
  });
});

describe('bodyOf', () => {
  const event = {
    eventId: 'e',
    eventType: 'call.ended',
    sequence: 2,
    occurredAt: '2026-11-30T12:00:00.000Z',
    payload: { a: 1 },
  };
  const headers = { 'Content-Type': 'application/json' };

  it('is what was kept', () => {
    expect(bodyOf({ requestBody: 'x=1', requestHeaders: headers }, event)).toBe('x=1');
  });

  it('is the event where our own format was sent', () => {
    expect(bodyOf({ requestBody: null, requestHeaders: headers }, event)).toBe(
      '{"id":"e","type":"call.ended","timestamp":"2026-11-30T12:00:00.000Z","sequence":2,"data":{"a":1}}',
    );
  });

  it('is not known where there was none, or its event is gone', () => {
    expect(bodyOf({ requestBody: null, requestHeaders: {} }, event)).toBeNull();
    expect(bodyOf({ requestBody: null, requestHeaders: headers }, { ...event, payload: null })).toBeNull();
  });
});

describe('likeOrder', () => {
  it('looks for the cause and not for how often it was tried', () => {
    const delivery = {
      endpointId: 'x',
      eventType: 'call.ended',
      createdAt: '2026-11-30T12:00:00.000Z',
      reason: 'Gave up after 2 tries. The endpoint answered 503.',
      reasonParams: { cause: 'The endpoint answered 503.' },
    };
    expect(likeOrder(delivery)).toEqual({
      kind: 'failed',
      from: '2026-11-29T12:00:00.000Z',
      endpointIds: ['x'],
      eventTypes: ['call.ended'],
      reason: 'The endpoint answered 503.',
    });
  });
});
