import type { DialPack } from '../dial-pack.js';
import { everyDay } from '../weekly-hours.js';
import { NOT_LEGAL_ADVICE } from './not-legal-advice.js';

const SEVEN_DAYS_HOURS = 7 * 24;

export const US_DEBT: DialPack = {
  id: 'us-debt',
  version: 1,
  title: 'United States, collection of debts',
  sources: [
    'Fair Debt Collection Practices Act, 15 U.S.C. 1692c(a)(1), 1692d(5)',
    'CFPB Regulation F, 12 CFR 1006.6(b)(1), 1006.14(b)(2)',
  ],
  note: NOT_LEGAL_ADVICE,
  limits: {
    windows: everyDay('08:00', '21:00'),
    maxPerPhone: [{ count: 7, hours: SEVEN_DAYS_HOURS }],
    talkQuietHours: SEVEN_DAYS_HOURS,
  },
};
