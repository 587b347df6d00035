import type { DialPack } from '../dial-pack.js';
import { everyDay } from '../weekly-hours.js';
import { NOT_LEGAL_ADVICE } from './not-legal-advice.js';

export const US_FLORIDA: DialPack = {
  id: 'us-florida',
  version: 1,
  title: 'Florida, telephone solicitation',
  sources: ['Florida Telephone Solicitation Act, Fla. Stat. 501.059', 'Fla. Stat. 501.616(6)'],
  note: NOT_LEGAL_ADVICE,
  limits: {
    windows: everyDay('08:00', '20:00'),
    maxPerPhone: [{ count: 3, hours: 24 }],
  },
};
