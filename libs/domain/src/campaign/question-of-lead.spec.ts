import { describe, expect, it } from '@jest/globals';
import { NOON, questionOf } from '../dialling/dial-question.fixture.js';
import { mayDial } from '../dialling/may-dial.js';
import { CAMPAIGN_MODES, DEFAULT_CAMPAIGN_SETTINGS, isLeadFirst, type CampaignMode } from './campaign.js';
import { questionOfLead } from './question-of-lead.js';

const { lead } = questionOf();
const history = { isListed: false, attempts: [], lastDropAt: null, lastTalkAt: null };
const campaign = (mode: CampaignMode, state: 'running' | 'paused' = 'running') =>
  ({ mode, state, settings: DEFAULT_CAMPAIGN_SETTINGS }) as const;

describe('questionOfLead', () => {
  it('calls a campaign automated where the lead is rung before an agent', () => {
    for (const mode of CAMPAIGN_MODES) {
      const question = questionOfLead(campaign(mode), lead, history, NOON);
      expect(question.campaign.automated).toBe(isLeadFirst(mode));
    }
  });

  it('leads to a no for a paused campaign and for a number on the list', () => {
    const ask = (...given: Parameters<typeof questionOfLead>) => mayDial(questionOfLead(...given));
    expect(ask(campaign('progressive'), lead, history, NOON).may).toBe(true);
    expect(ask(campaign('progressive', 'paused'), lead, history, NOON)).toMatchObject({ may: false });
    const listed = { ...history, isListed: true };
    expect(ask(campaign('progressive'), lead, listed, NOON)).toMatchObject({ may: false, nextAt: null });
  });
});
