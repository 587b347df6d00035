import { instant } from '../ids.js';
import { localTimeIn } from './local-time.js';

const at = (text: string) => instant(Date.parse(text));

describe('localTimeIn', () => {
  it('keeps to summer time', () => {
    expect(localTimeIn('IL', at('2026-11-21T09:30:00Z'))).toBe('2026-11-21T11:30:00+02:00');
    expect(localTimeIn('IL', at('2026-07-21T09:30:00Z'))).toBe('2026-07-21T12:30:00+03:00');
    // The hour in which the clock goes back happens twice, and the offset says which one it is.
    expect(localTimeIn('IL', at('2026-10-24T22:30:00Z'))).toBe('2026-10-25T01:30:00+03:00');
    expect(localTimeIn('IL', at('2026-10-24T23:30:00Z'))).toBe('2026-10-25T01:30:00+02:00');
  });

  it('goes over midnight, west of Greenwich and by half an hour', () => {
    expect(localTimeIn('PE', at('2026-11-21T03:00:00Z'))).toBe('2026-11-20T22:00:00-05:00');
    expect(localTimeIn('IN', at('2026-11-21T20:00:00Z'))).toBe('2026-11-22T01:30:00+05:30');
  });

  it('says nothing of a country whose zones differ', () => {
    for (const country of ['US', 'ES', 'AU', 'RU', 'CA']) {
      expect([country, localTimeIn(country, at('2026-11-21T09:30:00Z'))]).toEqual([country, null]);
    }
  });

  it('tells the time of a country whose zones have the same', () => {
    expect(localTimeIn('DE', at('2026-11-21T09:30:00Z'))).toBe('2026-11-21T10:30:00+01:00');
  });

  it.each(['', 'XX', '001', 'il', 'ISR'])('says nothing of %p, which is no country', (text) => {
    expect(localTimeIn(text, at('2026-11-21T09:30:00Z'))).toBeNull();
  });
});
