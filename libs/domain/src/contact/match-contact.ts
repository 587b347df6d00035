/**
 * Whose number it is: of the contacts that a number was found with, the one that the tenant's policy names, and why.
 *
 * Sources search by parts of numbers, so each candidate has to show the number itself, in E.164, before it counts (design
 * "Contacts", item 4). What can be nobody's number is never looked for: extensions, numbers of the tenant's own, and what a
 * network sends for a caller who withholds it.
 */
import { numberVariants } from '../phone/number-variants.js';
import { DIRECTORY, type MatchPolicy } from './match-policy.js';
import type { SourceStanding } from './sources-to-ask.js';

/** A contact that may be whoever has the number. */
export interface Candidate {
  /** Its id in its source; of the directory's ours. */
  id: string;
  /** `directory`, or the id of another source. */
  source: string;
  /** The tenant's own id of it. */
  externalId: string | null;
  name: string;
  company: string | null;
  /** Its page in the tenant's CRM. */
  url: string | null;
  /** Milliseconds since 1970; 0 where the source does not tell. */
  createdAt: number;
  updatedAt: number;
  /** Those of its numbers by which it was found, in E.164. */
  numbers: readonly string[];
}

/** A contact as a call keeps it. */
export type MatchedContact = Pick<Candidate, 'id' | 'source' | 'externalId' | 'name' | 'company' | 'url'>;

export const MATCH_REASONS = [
  'only_one',
  'updated_last',
  'created_first',
  'first_source',
  'several',
  'nobody',
  'no_number',
  'extension',
  'own_number',
  'chosen',
] as const;

/** Why it is this contact, or why it is none. */
export type MatchReason = (typeof MATCH_REASONS)[number];

export interface CallMatch {
  contact: MatchedContact | null;
  reason: MatchReason;
  /** E.164 that was looked for; null where there was none. */
  number: string | null;
  /** How many contacts have the number; there may be more than are listed. */
  total: number;
  /** Where there are several: the first of them, the one that is shown included. */
  candidates: MatchedContact[];
}

/** What was found with a number. */
export interface FoundCandidates {
  /** The number is one of the tenant's own: a phone of its people, or a number that it is called by. */
  own: 'extension' | 'own_number' | null;
  /** May be more than are listed. */
  total: number;
  candidates: readonly Candidate[];
  /** What is known of the tenant's other sources; left out where it has none. */
  sources?: readonly SourceStanding[];
}

const MOST_LISTED = 5;

/** @param e164  null for what is no number, such as that of a caller who withholds it */
export function matchContact(e164: string | null, found: FoundCandidates, policy: MatchPolicy): CallMatch {
  if (e164 === null) return noMatch(null, 'no_number');
  if (found.own !== null) return noMatch(e164, found.own);
  const forms = numberVariants(e164);
  const having = found.candidates.filter(({ numbers }) => numbers.some((number) => forms.includes(number)));
  const total = having.length === found.candidates.length ? found.total : having.length;
  const [only] = having;
  if (only === undefined) return noMatch(e164, 'nobody');
  if (total === 1) return { contact: kept(only), reason: 'only_one', number: e164, total, candidates: [] };
  const { chosen, reason, ordered } = choose(having, policy);
  return {
    contact: chosen && kept(chosen),
    reason,
    number: e164,
    total,
    candidates: ordered.slice(0, MOST_LISTED).map(kept),
  };
}

/** Whose call it is stays: somebody is known, or people said that nobody is. */
export function isDecided(match: CallMatch | null): boolean {
  return match !== null && (match.contact !== null || match.reason === 'chosen');
}

export function noMatch(number: string | null, reason: MatchReason): CallMatch {
  return { contact: null, reason, number, total: 0, candidates: [] };
}

function choose(
  having: readonly Candidate[],
  { choose: choice, sources }: MatchPolicy,
): { chosen: Candidate | null; reason: MatchReason; ordered: readonly Candidate[] } {
  const newest = having.toSorted(updatedLast);
  switch (choice) {
    case 'ask':
      return { chosen: null, reason: 'several', ordered: newest };
    case 'created_first': {
      const oldest = having.toSorted(createdFirst);
      return { chosen: oldest[0] ?? null, reason: 'created_first', ordered: oldest };
    }
    case 'by_source': {
      const place = (source: string) => placeOf(source, sources);
      const ordered = newest.toSorted((a, b) => place(a.source) - place(b.source));
      const others = ordered.filter(({ source }) => source === ordered[0]?.source).length > 1;
      const isDecided = place(ordered[0]?.source ?? '') < place(ordered.at(-1)?.source ?? '');
      return {
        chosen: ordered[0] ?? null,
        reason: others && !isDecided ? 'updated_last' : 'first_source',
        ordered,
      };
    }
    case 'updated_last':
      return { chosen: newest[0] ?? null, reason: 'updated_last', ordered: newest };
  }
}

/** Sources that the tenant did not name come last, its own directory first of them. */
function placeOf(source: string, sources: readonly string[]): number {
  const place = sources.indexOf(source);
  if (place >= 0) return place;
  return source === DIRECTORY ? sources.length : sources.length + 1;
}

/** Of equally old ones the one with the greater id: ours are UUIDv7, so it was made later. */
function updatedLast(a: Candidate, b: Candidate): number {
  return b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1);
}

function createdFirst(a: Candidate, b: Candidate): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

function kept({ id, source, externalId, name, company, url }: Candidate): MatchedContact {
  return { id, source, externalId, name, company, url };
}
