/**
 * What becomes of a campaign, as a table. Voicenter's API knows three words: `Enabled` is running, `Disabled` is paused or
 * stopped, `Deleted` is deleted.
 */
export const CAMPAIGN_STATES = ['stopped', 'running', 'paused', 'deleted'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/**
 * - `stopped`: as it is made, and after it was stopped for good; calls that were promised to it are given back.
 * - `running`: leads are dialled as the rules allow.
 * - `paused`: nothing new is dialled, everything keeps its place.
 * - `deleted`: kept for the record only.
 */
const NEXT: Record<CampaignState, readonly CampaignState[]> = {
  stopped: ['running', 'deleted'],
  running: ['paused', 'stopped', 'deleted'],
  paused: ['running', 'stopped', 'deleted'],
  deleted: [],
};

export function campaignMayBecome(from: CampaignState, to: CampaignState): boolean {
  return NEXT[from].includes(to);
}

/** The states from which `to` can be reached in one step: the guard of the statement that sets it. */
export function campaignStatesBefore(to: CampaignState): CampaignState[] {
  return CAMPAIGN_STATES.filter((from) => campaignMayBecome(from, to));
}

/** What is wrong with a table of transitions, in a sentence each. */
export function campaignFlaws(next: Record<CampaignState, readonly CampaignState[]> = NEXT): string[] {
  const flaws: string[] = [];
  const reached = new Set<CampaignState>(['stopped']);
  for (const state of reached) for (const then of next[state]) reached.add(then);
  for (const state of CAMPAIGN_STATES) {
    if (!reached.has(state)) flaws.push(`Nothing leads to ${state}.`);
    if (next[state].includes(state)) flaws.push(`${state} leads to itself.`);
    if (state !== 'deleted' && !next[state].includes('deleted')) flaws.push(`${state} cannot be deleted.`);
    if (state !== 'stopped' && state !== 'deleted' && !next[state].includes('stopped')) {
      flaws.push(`${state} cannot be stopped.`);
    }
  }
  if (next.deleted.length > 0) flaws.push('deleted leads on.');
  return flaws;
}
