import { describe, expect, it } from '@jest/globals';
import { callerIdOf, type CallerIdChoice } from './caller-id-of.js';

const choice = (change: Partial<CallerIdChoice> = {}): CallerIdChoice => ({
  lead: null,
  country: 'IL',
  byCountry: { IL: ['+97231111111', '+97232222222'], US: ['+12125550100'] },
  worker: '+97233333333',
  campaign: '+97234444444',
  ...change,
});

describe('the caller id that a lead sees (seed 003, section 6.1)', () => {
  it.each<[string, Partial<CallerIdChoice>, unknown]>([
    [
      'what the lead came with',
      { lead: '036006000' },
      { hidden: false, callerId: '036006000', source: 'lead' },
    ],
    ['none, where the lead came with "Anonymous"', { lead: 'Anonymous' }, { hidden: true, source: 'lead' }],
    ['one of the country that is called', {}, { hidden: false, callerId: '+97231111111', source: 'country' }],
    [
      "that of the worker's extension",
      { country: 'FR', lead: ' ' },
      { hidden: false, callerId: '+97233333333', source: 'worker' },
    ],
    [
      "the campaign's",
      { country: null, worker: '' },
      { hidden: false, callerId: '+97234444444', source: 'campaign' },
    ],
    ['what the PBX shows', { country: 'constructor', worker: null, campaign: null }, null],
  ])('is %s', (_, change, chosen) => {
    expect(callerIdOf(choice(change))).toEqual(chosen);
  });

  it('is another one where one was shown as often today as it may be, but never in place of what the lead came with', () => {
    const spent =
      (...numbers: string[]) =>
      (callerId: string) =>
        numbers.includes(callerId);
    expect(callerIdOf(choice(), spent('+97231111111'))).toMatchObject({ callerId: '+97232222222' });
    expect(callerIdOf(choice(), spent('+97231111111', '+97232222222'))).toMatchObject({ source: 'worker' });
    expect(callerIdOf(choice({ lead: '+97231111111' }), spent('+97231111111'))).toMatchObject({
      source: 'lead',
    });
  });
});
