import { instant } from '../ids.js';
import type { DialQuestion } from './dial-question.js';
import type { DialRules } from './dial-rules.js';
import { DEFAULT_DIAL_RULES } from './dial-rules.js';

/** Wednesday noon in New York. */
export const NOON = instant(Date.parse('2026-05-13T16:00:00Z'));

export const rulesOf = (change: Partial<DialRules> = {}): DialRules => ({ ...DEFAULT_DIAL_RULES, ...change });

/** A question that is answered with yes, but for what is changed. */
export function questionOf(
  change: Partial<Omit<DialQuestion, 'lead' | 'campaign'>> & {
    lead?: Partial<DialQuestion['lead']>;
    campaign?: Partial<DialQuestion['campaign']>;
  } = {},
): DialQuestion {
  return {
    now: NOON,
    rules: DEFAULT_DIAL_RULES,
    attempts: [],
    lastDropAt: null,
    lastTalkAt: null,
    listed: null,
    registryCheckedAt: null,
    callerId: null,
    ...change,
    campaign: { state: 'running', automated: false, ...change.campaign },
    lead: {
      phone: '+12125550123',
      region: null,
      postal: null,
      zone: null,
      consentAt: null,
      attempts: 0,
      notBefore: null,
      state: 'waiting',
      ...change.lead,
    },
  };
}
