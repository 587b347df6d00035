import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FlushCycle } from './flush-cycle.js';

const EVERY_MS = 1_000;

describe('a flush cycle', () => {
  /** The end of each flush that began, in their order. */
  let begun: (() => void)[];
  let cycle: FlushCycle;

  beforeEach(() => {
    jest.useFakeTimers();
    begun = [];
    cycle = new FlushCycle(EVERY_MS, () => new Promise((resolve) => begun.push(resolve)));
    cycle.start();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const passes = (times: number) => jest.advanceTimersByTimeAsync(times * EVERY_MS);

  it('begins no flush while one is under way', async () => {
    await passes(3);
    expect(begun).toHaveLength(1);
    begun[0]?.();
    await passes(1);
    expect(begun).toHaveLength(2);
  });

  it('flushes once more at the end, after the one that is under way, and then no more', async () => {
    await passes(1);
    let isOver = false;
    void cycle.stop().then(() => (isOver = true));
    await passes(1);
    expect([begun.length, isOver]).toEqual([1, false]);
    begun[0]?.();
    await passes(1);
    expect([begun.length, isOver]).toEqual([2, false]);
    begun[1]?.();
    await passes(3);
    expect([begun.length, isOver]).toEqual([2, true]);
  });
});
