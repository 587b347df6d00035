import type { DialPack } from '../dial-pack.js';
import { NOT_LEGAL_ADVICE } from './not-legal-advice.js';

/** No share of abandoned calls has been safe there since 2017; so an agent is dialled first. */
export const UK: DialPack = {
  id: 'uk',
  version: 1,
  title: 'United Kingdom, persistent misuse',
  sources: [
    'Communications Act 2003, sections 128 to 131',
    'Ofcom, Persistent misuse: statement of general policy (in force since 1 March 2017)',
    'Privacy and Electronic Communications Regulations 2003, regulations 19 and 21',
  ],
  note: NOT_LEGAL_ADVICE,
  limits: {
    agentFirst: true,
    dropQuietHours: 72,
    answerWithinMs: 2000,
    minRingSeconds: 15,
  },
};
