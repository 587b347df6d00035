import type { EventLoopUtilization } from 'node:perf_hooks';
import { Lateness } from './lateness.js';

const working = (share: number) => (): EventLoopUtilization => ({ idle: 0, active: 0, utilization: share });

describe('how late a worker is', () => {
  it.each([
    [[60_000, 1_500.4], 1_500],
    [[60_000, 10, 20], 20],
    [[9_000, 8_000, 7_000, 0], 7_000],
  ])('is what is usual for its mailboxes: of %j it is %d', (all, usual) => {
    const late = new Lateness(working(1));
    all.forEach((ms, index) => {
      late.note('connection', String(index), ms);
    });
    expect(late.take()).toBe(usual);
  });

  it('is told by the kind of mailbox that is served worst', () => {
    const late = new Lateness(working(1));
    late.note('connection', 'a', 4_000);
    late.note('endpoint', 'b', 20);
    expect(late.take()).toBe(4_000);
  });

  it('is nothing where nothing was taken up since', () => {
    const late = new Lateness(working(1));
    late.note('connection', 'a', 5_000);
    late.take();
    expect(late.take()).toBe(0);
  });

  it('is not told by endpoints that are waited for', () => {
    const idle = new Lateness(working(0.2));
    idle.note('endpoint', 'slow', 9_000);
    expect(idle.take()).toBe(0);
    const busy = new Lateness(working(0.95));
    busy.note('endpoint', 'slow', 9_000);
    expect(busy.take()).toBe(9_000);
  });

  it('is never less than nothing, by whatever clock', () => {
    const late = new Lateness(working(1));
    late.note('connection', 'a', -3_000);
    expect(late.take()).toBe(0);
  });
});
