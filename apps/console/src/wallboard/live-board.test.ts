import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveBoard } from './live-board';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const popup = (call: string, state: string) => ({
  topic: 'popup' as const,
  agent: 'a',
  call,
  state,
  number: '+15551234567',
  contacts: [],
});

describe('the board', () => {
  it('is shown anew at most twice a second, and keeps no call that is over', () => {
    const board = new LiveBoard();
    let shown = 0;
    board.subscribe(() => (shown += 1));
    for (let call = 0; call < 1_000; call += 1) {
      board.change([popup(String(call), 'ringing'), popup(String(call), 'ended')]);
      vi.advanceTimersByTime(10);
    }
    expect(shown).toBeLessThanOrEqual(20);
    vi.advanceTimersByTime(1_000);
    expect(board.read().parties.size).toBe(0);
  });

  it('forgets what was when everything begins anew', () => {
    const board = new LiveBoard();
    board.change([
      { topic: 'queue', connectionId: 'c', id: '1', name: null, waiting: 2, longestSince: null },
    ]);
    board.begin([popup('x', 'answered')]);
    vi.advanceTimersByTime(1_000);
    expect(board.read().queues).toEqual([]);
    expect(board.read().parties.get('a')).toEqual({ call: 'x', text: '+15551234567' });
  });

  it('keeps the call that came since when an earlier one of the same agent ends', () => {
    const board = new LiveBoard();
    board.change([popup('1', 'answered'), popup('2', 'ringing'), popup('1', 'ended')]);
    vi.advanceTimersByTime(1_000);
    expect(board.read().parties.get('a')?.call).toBe('2');
  });
});
