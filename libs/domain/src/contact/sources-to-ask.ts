/**
 * Which of a tenant's sources of contacts are asked about a number, and for which of them the popup waits (design "Contacts":
 * "Lookup order is the tenant's list of sources, first match wins").
 */
import { DIRECTORY, type MatchPolicy } from './match-policy.js';

/** What is known of one number at one source. */
export interface SourceStanding {
  id: string;
  /**
   * What it last said of the number. `fresh`: counts. `stale`: counts, and it is asked again. `missing`: it was not asked, or
   * too long ago. `failed`: it was asked just now, in vain.
   */
  said: 'fresh' | 'stale' | 'missing' | 'failed';
  /** How many contacts it has with the number, as far as it said. */
  contacts: number;
  /** It failed so often that it is left alone for a while. */
  isResting: boolean;
}

export interface SourcesToAsk {
  /** What they say is waited for: all of them at once. Those that come after are asked when it is known. */
  now: readonly string[];
  /** Asked again with nobody waiting: what they said last counts until then. */
  behind: readonly string[];
}

export interface KnownOfNumber {
  /** It is the tenant's own number: nobody is looked for. */
  own: 'extension' | 'own_number' | null;
  /** Contacts in the directory. */
  directory: number;
  sources: readonly SourceStanding[];
}

const NOTHING: SourcesToAsk = { now: [], behind: [] };

/**
 * The directory goes first, and where it has the number nobody else is asked; but for a tenant who wants the contact of the
 * first source in its order (`by_source`): those in front of the directory are asked before.
 */
export function sourcesToAsk({ own, directory, sources }: KnownOfNumber, policy: MatchPolicy): SourcesToAsk {
  if (own !== null) return NOTHING;
  const inOrder = sources.toSorted((a, b) => byPlace(a.id, b.id, policy.sources));
  const asked = directory > 0 ? inFrontOfDirectory(inOrder, policy) : inOrder;
  return policy.ask === 'in_order' || policy.choose === 'by_source'
    ? firstThatHas(asked, policy)
    : anyThatHas(asked);
}

/** The one who has it and comes first decides: those behind it are not asked. */
function firstThatHas(asked: readonly SourceStanding[], { ask }: MatchPolicy): SourcesToAsk {
  const first = asked.findIndex(({ contacts }) => contacts > 0);
  const upTo = first < 0 ? asked : asked.slice(0, first + 1);
  const missing = upTo.filter(isMissing).map(({ id }) => id);
  if (ask === 'side_by_side') return { now: missing, behind: upTo.filter(isStale).map(({ id }) => id) };
  const [next] = missing;
  const before =
    next === undefined
      ? upTo
      : upTo.slice(
          0,
          upTo.findIndex(({ id }) => id === next),
        );
  return { now: missing.slice(0, 1), behind: before.filter(isStale).map(({ id }) => id) };
}

/** Where one has it, the popup does not wait for the others. */
function anyThatHas(asked: readonly SourceStanding[]): SourcesToAsk {
  const missing = asked.filter(isMissing).map(({ id }) => id);
  const stale = asked.filter(isStale).map(({ id }) => id);
  const isKnown = asked.some(({ contacts }) => contacts > 0);
  return isKnown ? { now: [], behind: [...missing, ...stale] } : { now: missing, behind: stale };
}

function inFrontOfDirectory(inOrder: readonly SourceStanding[], { choose, sources }: MatchPolicy) {
  const directory = sources.indexOf(DIRECTORY);
  if (choose !== 'by_source') return [];
  return inOrder.filter(({ id }) => {
    const place = sources.indexOf(id);
    return place >= 0 && (directory < 0 || place < directory);
  });
}

/** Those that the tenant did not name come last, the one that was made first of them first: ids are UUIDv7. */
function byPlace(a: string, b: string, sources: readonly string[]): number {
  const place = (id: string) => (sources.includes(id) ? sources.indexOf(id) : sources.length);
  return place(a) - place(b) || (a < b ? -1 : 1);
}

function isMissing({ said, isResting }: SourceStanding): boolean {
  return said === 'missing' && !isResting;
}

function isStale({ said, isResting }: SourceStanding): boolean {
  return said === 'stale' && !isResting;
}
