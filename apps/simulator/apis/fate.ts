/**
 * What becomes of a call that is ordered from a simulated PBX, and of the answer to the order: the last two digits of the
 * number that is dialled say it, so that every test and every demo can choose without another word.
 */

/** `answered` and so on: how the customer's side of the call goes, once the agent has picked up. */
export type Ending = 'answered' | 'busy' | 'no_answer' | 'unallocated';

export interface Fate {
  /** For people. */
  what: string;
  /** Whether the PBX takes the order, or how it says no in its own words. */
  verdict: 'placed' | 'refused' | 'offline' | 'blocked' | 'not_taken';
  ending: Ending;
  /**
   * What whoever ordered gets to see: the PBX's own answer, at once or after a second; nothing; a closed connection; or
   * something that no client of the vendor's expects. `without_id`: the PBX's answer, but for the call's id.
   */
  answer: 'own' | 'slow' | 'without_id' | 'cut' | 'http_500' | 'html' | 'redirect' | 'silence' | 'reset';
  /** How often each webhook of the call is sent. */
  webhooks: 0 | 1 | 2;
}

function fate(what: string, of: Partial<Omit<Fate, 'what'>> = {}): Fate {
  return { what, verdict: 'placed', ending: 'answered', answer: 'own', webhooks: 1, ...of };
}

const NOT_TAKEN = { verdict: 'not_taken' } as const;

/** By the last two digits of the number. */
export const FATES = {
  '00': fate('answered'),
  '11': fate('busy', { ending: 'busy' }),
  '12': fate('nobody answers', { ending: 'no_answer' }),
  '13': fate('there is no such number', { ending: 'unallocated' }),
  '20': fate('refused by the PBX', { verdict: 'refused' }),
  '21': fate("refused, the agent's phone is offline", { verdict: 'offline' }),
  '22': fate('refused, the extension may not do so', { verdict: 'blocked' }),
  '30': fate('placed, but HTTP 500', { answer: 'http_500' }),
  '31': fate('not placed, HTTP 500', { ...NOT_TAKEN, answer: 'http_500' }),
  '32': fate('placed, but never answered to whoever ordered', { answer: 'silence' }),
  '33': fate('placed, but the connection is reset', { answer: 'reset' }),
  '34': fate('not placed, the connection is reset', { ...NOT_TAKEN, answer: 'reset' }),
  '35': fate('not placed, a page of HTML', { ...NOT_TAKEN, answer: 'html' }),
  '36': fate('placed, the answer takes a second', { answer: 'slow' }),
  '37': fate('placed, but the answer is cut in the middle', { answer: 'cut' }),
  '38': fate('not placed, sent to another address', { ...NOT_TAKEN, answer: 'redirect' }),
  '40': fate('placed, but no webhook tells of it', { webhooks: 0 }),
  '41': fate('placed, every webhook comes twice', { webhooks: 2 }),
  '42': fate('placed, but the answer does not name the call', { answer: 'without_id' }),
} as const satisfies Record<string, Fate>;

export type FateDigits = keyof typeof FATES;
export const FATE_DIGITS = Object.keys(FATES) as FateDigits[];

/** All other digits are answered. */
export function fateOf(dialled: string): Fate {
  const digits = dialled.replace(/\D/g, '').slice(-2);
  return isFate(digits) ? FATES[digits] : FATES['00'];
}

function isFate(digits: string): digits is FateDigits {
  return Object.hasOwn(FATES, digits);
}
