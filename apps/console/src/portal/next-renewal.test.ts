import { describe, expect, it } from 'vitest';
import { nextRenewal } from './next-renewal';

const NOON = Date.parse('2026-11-30T12:00:00Z');
const at = (minutes: number): string => new Date(NOON + minutes * 60_000).toISOString();

describe('nextRenewal', () => {
  it('renews five minutes before the token ends', () => {
    expect(nextRenewal({ expiresAt: at(15), endsAt: at(480) }, NOON)).toEqual({
      inMs: 600_000,
      isLast: false,
    });
  });
  it('ends with the last token, which the portal does not outlive', () => {
    expect(nextRenewal({ expiresAt: at(7), endsAt: at(7) }, NOON)).toEqual({ inMs: 420_000, isLast: true });
  });
  it('does not ask in a circle after a long sleep', () => {
    const late = NOON + 3_600_000;
    expect(nextRenewal({ expiresAt: at(15), endsAt: at(480) }, late).inMs).toBeGreaterThanOrEqual(60_000);
    expect(nextRenewal({ expiresAt: at(7), endsAt: at(7) }, late).inMs).toBeGreaterThan(0);
  });
});
