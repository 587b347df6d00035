import type { DialPack } from '../dial-pack.js';
import { everyDay } from '../weekly-hours.js';
import { NOT_LEGAL_ADVICE } from './not-legal-advice.js';

export const US_FEDERAL: DialPack = {
  id: 'us-federal',
  version: 1,
  title: 'United States, federal telemarketing rules',
  sources: [
    'Telephone Consumer Protection Act, 47 U.S.C. 227',
    'FCC, 47 CFR 64.1200(a)(6), (a)(7), (c)(1)',
    'FTC Telemarketing Sales Rule, 16 CFR 310.4(b)(4), 310.4(c)',
  ],
  note: NOT_LEGAL_ADVICE,
  limits: {
    windows: everyDay('08:00', '21:00'),
    abandonTarget: 0.03,
    answerWithinMs: 2000,
    minRingSeconds: 15,
  },
};
