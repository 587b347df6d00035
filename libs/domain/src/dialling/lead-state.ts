/** What becomes of a lead, one number on a campaign's list, as a table. */
export const LEAD_STATES = [
  'waiting',
  'offered',
  'dialling',
  'done',
  'given_up',
  'invalid',
  'removed',
] as const;
export type LeadState = (typeof LEAD_STATES)[number];

/**
 * - `waiting`: to be dialled, now or at its time.
 * - `offered`: an agent looks at it and decides (preview).
 * - `dialling`: an attempt of its own is open.
 * - `done`: somebody talked, or a person says that it is settled.
 * - `given_up`: the tries are used up.
 * - `invalid`: it cannot be dialled; kept with the reason.
 * - `removed`: taken off the list, and what a call that still rings brings does not change that.
 *
 * Out of done, given up and invalid a lead comes only by a person: see `isSettledLead`.
 */
const NEXT: Record<LeadState, readonly LeadState[]> = {
  waiting: ['offered', 'dialling', 'done', 'given_up', 'invalid', 'removed'],
  offered: ['dialling', 'waiting', 'done', 'given_up', 'invalid', 'removed'],
  dialling: ['waiting', 'done', 'given_up', 'invalid', 'removed'],
  done: ['waiting', 'removed'],
  given_up: ['waiting', 'removed'],
  invalid: ['waiting', 'removed'],
  removed: [],
};

const SETTLED: readonly LeadState[] = ['done', 'given_up', 'invalid', 'removed'];

/** The states of a lead that may still be dialled. */
export const OPEN_LEAD_STATES = LEAD_STATES.filter((state) => !SETTLED.includes(state));

/** Nothing happens to it any more unless a person puts it back on the list. */
export function isSettledLead(state: LeadState): boolean {
  return SETTLED.includes(state);
}

export function leadMayBecome(from: LeadState, to: LeadState): boolean {
  return NEXT[from].includes(to);
}

/** The states from which `to` can be reached in one step: the guard of the statement that sets it. */
export function leadStatesBefore(to: LeadState): LeadState[] {
  return LEAD_STATES.filter((from) => leadMayBecome(from, to));
}

/**
 * What is wrong with a table of transitions, in a sentence each: a state that nothing leads to, a lead that cannot be taken off
 * the list, a second dialling that no look at the rules comes before.
 */
export function leadFlaws(next: Record<LeadState, readonly LeadState[]> = NEXT): string[] {
  const flaws: string[] = [];
  const reached = new Set<LeadState>(['waiting']);
  for (const state of reached) for (const then of next[state]) reached.add(then);
  for (const state of LEAD_STATES) {
    if (!reached.has(state)) flaws.push(`Nothing leads to ${state}.`);
    if (next[state].includes(state)) flaws.push(`${state} leads to itself.`);
    if (state !== 'removed' && !next[state].includes('removed')) flaws.push(`${state} cannot be removed.`);
    const dials = next[state].some((then) => then === 'dialling' || then === 'offered');
    if (dials && SETTLED.includes(state)) flaws.push(`${state} leads to a call without waiting first.`);
  }
  if (next.dialling.includes('offered')) flaws.push('dialling leads back to an agent.');
  if (next.removed.length > 0) flaws.push('removed leads on.');
  return flaws;
}
