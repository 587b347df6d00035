/**
 * The chance that a call is answered, learned for each key (list, hour, country): a Beta posterior over about the last 400
 * calls of a key, whose prior is what all keys together show.
 */
import type { KeyRate, PacingMemory } from './pacing.js';

/** Weights fade so that about this many calls count. */
const CALLS_KEPT = 400;
const KEEP = 1 - 1 / CALLS_KEPT;
/** Keys remembered: the ones heard of last. */
export const MOST_KEYS = 48;
/** How many calls what all keys show is worth to one of them. */
const PRIOR_CALLS = 20;
/** Before anything is known one call in five is answered, worth five calls. */
const FIRST_ANSWERED = 1;
const FIRST_FAILED = 4;

const FNV_PRIME = 16_777_619;
const FNV_BASIS = 2_166_136_261;

/** Keys are of any length and content; what is stored of one is this (FNV-1a, 32 bits). Two that share it share their rate. */
export function fingerprintOf(key: string): string {
  let hash = FNV_BASIS;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), FNV_PRIME);
  return (hash >>> 0).toString(36);
}

type Rates = Pick<PacingMemory, 'overall' | 'rates'>;

/** Four digits are plenty, and keep the stored text short. */
const brief = (weight: number): number => Math.round(weight * 1e4) / 1e4;

export function withOutcome({ overall, rates }: Rates, key: string, answered: boolean): Rates {
  const fingerprint = fingerprintOf(key);
  const [, hits, misses] = rates.find(([known]) => known === fingerprint) ?? [fingerprint, 0, 0];
  const next: KeyRate = [fingerprint, ...faded([hits, misses], answered)];
  const others = rates.filter(([known]) => known !== fingerprint);
  return { overall: faded(overall, answered), rates: [...others, next].slice(-MOST_KEYS) };
}

function faded([hits, misses]: readonly [number, number], answered: boolean): [number, number] {
  return [brief(hits * KEEP + (answered ? 1 : 0)), brief(misses * KEEP + (answered ? 0 : 1))];
}

/** The chance of each key, between 0 and 1, neither included; asked often within one decision. */
export function answerChances({ overall, rates }: Rates): (key: string) => number {
  const prior = (overall[0] + FIRST_ANSWERED) / (overall[0] + overall[1] + FIRST_ANSWERED + FIRST_FAILED);
  const known = new Map(rates.map(([fingerprint, hits, misses]) => [fingerprint, [hits, misses] as const]));
  const asked = new Map<string, number>();
  return (key) => {
    const before = asked.get(key);
    if (before !== undefined) return before;
    const [hits, misses] = known.get(fingerprintOf(key)) ?? [0, 0];
    const chance = (hits + prior * PRIOR_CALLS) / (hits + misses + PRIOR_CALLS);
    asked.set(key, chance);
    return chance;
  };
}
