import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant } from '../ids.js';
import { agentsOfCampaign, type MemberSeen } from './agents-of-campaign.js';

const now = instant(1_000_000);
const member = (traits: Partial<MemberSeen> = {}): MemberSeen => ({
  ...{ extension: '101', standing: 'available', since: instant(0), busySince: null, lastEndedAt: null },
  device: 'unknown',
  ...traits,
});
const stateOf = (traits: Partial<MemberSeen>, presence: 'login' | 'always' = 'login') =>
  agentsOfCampaign([member(traits)], { presence, wrapSeconds: 10, now })[0]?.state;

describe('agentsOfCampaign', () => {
  it('has who is logged in, and who said nothing where all are there', () => {
    expect(stateOf({})).toBe('idle');
    expect(stateOf({ standing: null })).toBeUndefined();
    expect(stateOf({ standing: null }, 'always')).toBe('idle');
    expect(stateOf({ standing: 'paused' }, 'always')).toBeUndefined();
  });

  it('has who talks, whatever they said, and leaves them alone for a while afterwards', () => {
    expect(stateOf({ standing: 'away', busySince: instant(1) })).toBe('busy');
    expect(stateOf({ lastEndedAt: instant(now - 9_999) })).toBe('wrap');
    expect(stateOf({ lastEndedAt: instant(now - 10_000) })).toBe('idle');
  });

  it('has nobody twice, and nobody in what is to come', () => {
    const times = fc.option(fc.integer({ min: 0, max: now }).map(instant));
    const seen = fc.record({
      extension: fc.constant('101'),
      device: fc.constantFrom('unknown' as const, 'reachable' as const, 'unreachable' as const),
      standing: fc.constantFrom('available', 'paused', 'away', null),
      ...{ since: times, busySince: times, lastEndedAt: times },
    });
    fc.assert(
      fc.property(fc.array(seen), (members) => {
        const agents = agentsOfCampaign(members, {
          presence: 'always',
          wrapSeconds: 30,
          now,
        });
        expect(agents.length).toBeLessThanOrEqual(members.length);
        for (const { since } of agents) expect(since).toBeLessThanOrEqual(now);
      }),
    );
  });
});
