/** What a tenant wants where several contacts have one number (design "Contacts", items 1, 4 and 16). */
export const MATCH_CHOICES = ['updated_last', 'created_first', 'ask', 'by_source'] as const;

/**
 * - `updated_last`: the contact that was changed last
 * - `created_first`: the one that was made first
 * - `ask`: none; the call lists them, and people choose
 * - `by_source`: one of the first source, in the tenant's order, that has any; of its several the one that was changed last
 */
export type MatchChoice = (typeof MATCH_CHOICES)[number];

/**
 * How sources are asked while the phone rings.
 *
 * - `side_by_side`: all at once
 * - `in_order`: one after the other, until one has a contact
 */
export const ASK_MODES = ['side_by_side', 'in_order'] as const;
export type AskMode = (typeof ASK_MODES)[number];

export interface MatchPolicy {
  choose: MatchChoice;
  /** Sources of contacts, those asked first first. What is not named comes after them. */
  sources: readonly string[];
  ask: AskMode;
}

/** The tenant's own directory, as a source. */
export const DIRECTORY = 'directory';

export const DEFAULT_POLICY: MatchPolicy = {
  choose: 'updated_last',
  sources: [DIRECTORY],
  ask: 'side_by_side',
};

/** @param stored  as it was kept, perhaps by another build: what it does not know counts as the default */
export function readMatchPolicy(stored: unknown): MatchPolicy {
  const { choose, sources, ask } = (stored ?? {}) as { choose?: unknown; sources?: unknown; ask?: unknown };
  return {
    choose: MATCH_CHOICES.find((choice) => choice === choose) ?? DEFAULT_POLICY.choose,
    sources: Array.isArray(sources)
      ? sources.filter((source): source is string => typeof source === 'string')
      : DEFAULT_POLICY.sources,
    ask: ASK_MODES.find((mode) => mode === ask) ?? DEFAULT_POLICY.ask,
  };
}
