import fc from 'fast-check';
import { MOST_BACKLOG_COUNTED, backlogEnd, backlogOf, backlogWords, type BacklogEpisode } from './backlog.js';

const MINUTE = 60_000;
const LATE: BacklogEpisode = { state: 'enabled', alertMinutes: 15, dueForMs: 20 * MINUTE };
const end = (change: Partial<BacklogEpisode>) => backlogEnd({ ...LATE, ...change });

describe('a backlog', () => {
  it('is told with how long and how many, counted up to a point', () => {
    expect(backlogWords(backlogOf(16.5 * MINUTE, 4_210))).toBe(
      '4210 deliveries are due, the oldest for 16 minutes.',
    );
    expect(backlogWords(backlogOf(MINUTE, 1))).toBe('1 delivery is due, the oldest for 1 minute.');
    expect(backlogOf(MINUTE, MOST_BACKLOG_COUNTED + 1)).toEqual({
      oldestSeconds: 60,
      count: MOST_BACKLOG_COUNTED,
      countIsExact: false,
    });
    expect(backlogWords(backlogOf(MINUTE, MOST_BACKLOG_COUNTED + 1))).toContain(
      '10000 deliveries or more are due',
    );
  });

  it('goes on until what is due is well in time, so that it does not end and begin in turn', () => {
    expect(end({})).toBeNull();
    expect(end({ dueForMs: 14 * MINUTE })).toBeNull();
    expect(end({ dueForMs: 7 * MINUTE })).toBe('What is due goes out in time again.');
    expect(end({ dueForMs: null })).toBe('Nothing is due any more.');
    expect(end({ dueForMs: -5 * MINUTE })).toBe('Nothing is due any more.');
  });

  it('is over for an endpoint that is sent nothing, and for one that nobody watches', () => {
    expect(end({ state: 'paused' })).toContain('paused');
    expect(end({ state: 'disabled' })).toContain('disabled');
    expect(end({ state: 'enabling' })).toBeNull();
    expect(end({ alertMinutes: null })).toContain('not watched');
  });

  it('never begins and ends at the same time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_080 }),
        fc.integer({ min: 0, max: 10 ** 9 }),
        (alertMinutes, late) => {
          expect(end({ alertMinutes, dueForMs: alertMinutes * MINUTE + late })).toBeNull();
        },
      ),
    );
  });
});
