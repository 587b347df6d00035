import { describe, expect, it } from '@jest/globals';
import { instant, type CampaignStanding } from '#domain';
import { whyCampaign } from './why-campaign.js';

type Campaign = Parameters<typeof whyCampaign>[0];
type Outlook = Parameters<typeof whyCampaign>[2];

const standing: CampaignStanding = {
  ...{ at: 2_000, rule: 'planner', why: 'It dials.', nextAt: null, placed: 1, wanted: 1 },
  agents: { members: 1, free: 0, busy: 1 },
  calls: { dialling: 1, talking: 0, waiting: 0 },
};
const why = (campaign: Partial<Campaign> = {}, outlook: Partial<Outlook> = {}, pbx = 'ready') =>
  whyCampaign(
    { mode: 'progressive', state: 'running', standing, stateAt: instant(1_000), ...campaign },
    pbx as 'ready',
    { members: 1, due: 1, next: { at: instant(0), reason: null }, ...outlook },
  );

describe('whyCampaign', () => {
  it('says what the dialer saw where nothing stands in the way', () => {
    expect(why()).toEqual({ rule: 'planner', why: 'It dials.', nextAt: null });
  });

  it('says the first thing that stands in the way, whatever the dialer saw', () => {
    expect(why({ state: 'paused' }, { next: null }, 'no_account').rule).toBe('campaign_state');
    expect(why({}, { next: null }, 'no_account').rule).toBe('no_account');
    expect(why({}, { next: null }).rule).toBe('no_leads');
    expect(why({}, { due: 0, next: { at: instant(9), reason: 'Later.' }, members: 0 })).toEqual({
      ...{ rule: 'leads_wait', why: 'Later.', nextAt: 9 },
    });
    expect(why({}, { members: 0 }).rule).toBe('no_agents');
    expect(why({ mode: 'message' }, { members: 0 }).rule).toBe('planner');
  });

  it('does not repeat what the dialer saw before the campaign was started', () => {
    expect(why({ stateAt: instant(3_000) }).rule).toBe('not_looked');
    expect(why({ standing: null }).rule).toBe('not_looked');
  });
});
