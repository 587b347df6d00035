import { describe, expect, it } from 'vitest';
import { lastCallsOf } from './last-calls-of';

const call = (id: string, result: 'answered' | 'missed', seenAt: string | null = null) => ({
  id,
  result,
  seenAt,
  direction: 'inbound' as const,
  notes: [],
  startedAt: null,
  talkSeconds: null,
});

describe('lastCallsOf', () => {
  it('shows first what nobody has seen to', () => {
    const calls = [
      call('now', 'answered'),
      call('b', 'answered'),
      call('c', 'missed'),
      call('d', 'missed', 'x'),
    ];
    expect(lastCallsOf(calls, 'now').map(({ id }) => id)).toEqual(['c', 'b', 'd']);
  });
  it('shows no more than five', () => {
    const many = Array.from({ length: 9 }, (_, at) => call(String(at), 'answered'));
    expect(lastCallsOf(many, 'x')).toHaveLength(5);
  });
});
