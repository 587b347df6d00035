import type { DialPack } from '../dial-pack.js';
import { NOT_LEGAL_ADVICE } from './not-legal-advice.js';

export const ISRAEL: DialPack = {
  id: 'israel',
  version: 1,
  title: 'Israel, marketing calls',
  sources: [
    'Consumer Protection Law, 5741-1981, section 16B (the database of numbers that must not be called)',
    'Communications (Telecommunications and Broadcasting) Law, 5742-1982, section 30A',
  ],
  note: NOT_LEGAL_ADVICE,
  limits: {
    registryDays: 15,
    consentDays: 365,
    requireConsent: 'automated',
  },
};
