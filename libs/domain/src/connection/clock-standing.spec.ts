import { instant } from '../ids.js';
import { clockStanding } from './clock-standing.js';
import { clockReading } from './connection-health.js';

const NOW = instant(Date.UTC(2026, 10, 21, 12));
const SETTING = { epochs: 'local', timeZone: 'Asia/Jerusalem' } as const;
const standing = (...lags: number[]) =>
  clockStanding({ reading: clockReading(SETTING), lags }, SETTING, NOW).standing;

describe('how a clock is understood', () => {
  it('is known from the first call on', () => {
    expect(standing()).toBe('unknown');
    expect(standing(2)).toBe('right');
    expect(standing(7_200)).toBe('doubtful');
    expect(standing(-7_200)).toBe('doubtful');
  });

  it('is wrong as soon as enough calls say so, and right where they come late by chance', () => {
    expect(standing(7_200, 7_201, 7_205, 7_200, 7_202)).toBe('wrong');
    expect(standing(2, 3, 7_200, 4, 7_200)).toBe('right');
  });

  it('says by how much, and how often it was seen', () => {
    const clock = { reading: clockReading(SETTING), lags: [3, 9, 4] };
    expect(clockStanding(clock, SETTING, NOW)).toEqual({ standing: 'right', samples: 3, lagSeconds: 4 });
  });

  it('is right where it is compared with ours all the time, unless calls say otherwise', () => {
    const clock = { reading: clockReading(SETTING), lags: [] };
    expect(clockStanding(clock, SETTING, NOW, 3_600_000)).toEqual({
      ...{ standing: 'right', samples: 0, lagSeconds: null },
    });
    expect(clockStanding({ ...clock, lags: [7_200] }, SETTING, NOW, 0).standing).toBe('doubtful');
  });

  it('forgets what was seen under another setting', () => {
    const clock = { reading: 'utc', lags: [3, 9, 4] };
    expect(clockStanding(clock, SETTING, NOW)).toEqual({ standing: 'unknown', samples: 0, lagSeconds: null });
  });
});
