import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CAMPAIGN_MODES, DEFAULT_CAMPAIGN_SETTINGS } from './campaign.js';
import { readCampaignSettings } from './read-campaign-settings.js';

const settingsOf = (reading: ReturnType<typeof readCampaignSettings>) => {
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.settings;
};

describe('readCampaignSettings', () => {
  it('has the default of what is left out, and what it was where there is a before', () => {
    expect(settingsOf(readCampaignSettings('progressive', {}))).toEqual(DEFAULT_CAMPAIGN_SETTINGS);
    const before = settingsOf(
      readCampaignSettings('progressive', { wrapSeconds: 7, rules: { zone: 'UTC' }, retry: { jitter: 0.1 } }),
    );
    const after = settingsOf(readCampaignSettings('progressive', { retry: { jitter: 0.3 } }, before));
    expect(after).toEqual({ ...before, retry: { ...before.retry, jitter: 0.3 } });
  });

  it('names the member that is wrong, and what the mode cannot do without', () => {
    const problems = (...given: Parameters<typeof readCampaignSettings>) => {
      const reading = readCampaignSettings(...given);
      return 'problems' in reading ? reading.problems.map(({ path }) => path) : [];
    };
    expect(problems('progressive', { retry: { jitter: 9 } })).toEqual(['retry.jitter']);
    expect(problems('predictive', {})).toEqual(['queue']);
    expect(problems('message', {})).toEqual(['announcement']);
  });

  it('never throws, and reads what it has read as the same again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CAMPAIGN_MODES), fc.jsonValue(), (mode, document) => {
        const reading = readCampaignSettings(mode, document);
        if ('problems' in reading) expect(reading.problems.length).toBeGreaterThan(0);
        else expect(readCampaignSettings(mode, reading.settings)).toEqual(reading);
      }),
    );
  });
});
