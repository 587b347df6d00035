import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '../ids.js';
import { NOON, questionOf } from '../dialling/dial-question.fixture.js';
import { mayDial } from '../dialling/may-dial.js';
import { CAMPAIGN_MODES, DEFAULT_CAMPAIGN_SETTINGS, isLeadFirst, type CampaignMode } from './campaign.js';
import { judgedAgainAt, questionOfLead } from './question-of-lead.js';

const { lead } = questionOf();
const history = { isListed: false, registry: null, attempts: [], lastDropAt: null, lastTalkAt: null };
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

  it('has a lead wait until the public registry is asked, and be over where that has the number and nobody agreed', () => {
    const settings = {
      ...DEFAULT_CAMPAIGN_SETTINGS,
      rules: { ...DEFAULT_CAMPAIGN_SETTINGS.rules, registryDays: 15 },
    };
    const asking = { mode: 'progressive', state: 'running', settings } as const;
    const judged = (
      registry: { listed: boolean; askedAt: Instant } | null,
      consentAt: Instant | null = null,
    ) => {
      const question = questionOfLead(asking, { ...lead, consentAt }, { ...history, registry }, NOON);
      const verdict = mayDial(question);
      return verdict.may ? 'may' : judgedAgainAt(question, verdict);
    };
    const askedAgo = (days: number) => instant(NOON - days * 86_400_000);
    expect(judged(null)).toBe(NOON + 3_600_000);
    expect(judged({ listed: false, askedAt: askedAgo(16) })).toBe(NOON + 3_600_000);
    expect(judged({ listed: false, askedAt: askedAgo(14) })).toBe('may');
    expect(judged({ listed: true, askedAt: askedAgo(1) })).toBeNull();
    expect(judged({ listed: true, askedAt: askedAgo(1) }, askedAgo(30))).toBe('may');
  });
});
