import type { FoundCandidates } from './match-contact.js';
import { DIRECTORY, type MatchPolicy } from './match-policy.js';
import { sourcesToAsk, type SourcesToAsk } from './sources-to-ask.js';

const NO_SOURCES: SourcesToAsk = { now: [], behind: [] };

/** Which sources are asked where this was found. */
export function sourcesToAskFor(
  { own, candidates, sources }: FoundCandidates,
  policy: MatchPolicy,
): SourcesToAsk {
  if (sources === undefined) return NO_SOURCES;
  const directory = candidates.filter(({ source }) => source === DIRECTORY).length;
  return sourcesToAsk({ own, directory, sources }, policy);
}

export function isToBeAsked(found: FoundCandidates, policy: MatchPolicy): boolean {
  const { now, behind } = sourcesToAskFor(found, policy);
  return now.length + behind.length > 0;
}
