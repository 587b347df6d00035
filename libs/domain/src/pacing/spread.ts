/**
 * How long something takes, from what was seen: counts in bins of a few per cent of their length. A list of numbers, so
 * that it is stored as it is; old sightings fade by halving, so it is bounded and follows a change.
 */
import { SECOND } from '../delivery/durations.js';

/** The first bin ends here, and each next one is longer by `GROWTH`; the last is above fifty minutes. */
const FIRST_MS = 0.5 * SECOND;
const GROWTH = 1.16;
const BINS = 60;
/** At twice this many sightings all counts are halved. */
const FADES_AT = 400;

const LOG_GROWTH = Math.log(GROWTH);
/** Where each bin begins; one more for the end of the last. */
const EDGES_MS = Array.from({ length: BINS + 1 }, (_, bin) =>
  bin === 0 ? 0 : FIRST_MS * GROWTH ** (bin - 1),
);

/** Counts of `BINS` bins; shorter when nothing was seen in the later ones. */
export type Spread = readonly number[];

/** The share of what takes longer than so many milliseconds: 1 at 0, falling, never 0. */
export type Survival = (ms: number) => number;

function binOf(ms: number): number {
  if (ms < FIRST_MS) return 0;
  return Math.min(BINS - 1, 1 + Math.floor(Math.log(ms / FIRST_MS) / LOG_GROWTH));
}

/** @param ms  what is no length of time is passed over */
export function withSighting(spread: Spread, ms: number): Spread {
  if (!Number.isFinite(ms) || ms < 0) return spread;
  const bin = binOf(ms);
  const counts = Array.from({ length: Math.max(spread.length, bin + 1) }, (_, at) => spread[at] ?? 0);
  counts[bin] = (counts[bin] ?? 0) + 1;
  if (weightOf(counts) < 2 * FADES_AT) return counts;
  return counts.map((count) => Math.round(count * 50) / 100);
}

/** Reads stored counts; whatever is malformed is read as nothing seen. */
export function readSpread(json: unknown): Spread {
  if (!Array.isArray(json) || json.length > BINS) return [];
  const counts = json as unknown[];
  const fine = counts.every((count) => typeof count === 'number' && count >= 0 && count <= 2 * FADES_AT);
  return fine ? (counts as number[]) : [];
}

export function weightOf(spread: Spread): number {
  let weight = 0;
  for (const count of spread) weight += count;
  return weight;
}

/** The mean in milliseconds, by the middles of the bins; what is guessed counts for as much as `guessWeight` sightings. */
export function meanMs(spread: Spread, guessMs: number, guessWeight = 3): number {
  let sum = guessMs * guessWeight;
  let weight = guessWeight;
  spread.forEach((count, bin) => {
    sum += (count * ((EDGES_MS[bin] ?? 0) + (EDGES_MS[bin + 1] ?? 0))) / 2;
    weight += count;
  });
  return sum / weight;
}

/**
 * The survival function of what was seen and of a guess: an exponential of the mean `guessMs`, which counts for a few
 * sightings and lends its tail to what was never seen.
 */
export function survivalOf(spread: Spread, guessMs: number, guessWeight = 3): Survival {
  const total = weightOf(spread) + guessWeight;
  const above = new Float64Array(BINS + 1);
  for (let bin = BINS - 1; bin >= 0; bin -= 1) above[bin] = (above[bin + 1] ?? 0) + (spread[bin] ?? 0);
  return (ms) => {
    if (!(ms > 0)) return 1;
    const bin = binOf(ms);
    const from = EDGES_MS[bin] ?? 0;
    const share = Math.min(1, (ms - from) / ((EDGES_MS[bin + 1] ?? 0) - from));
    const seen = (above[bin] ?? 0) * (1 - share) + (above[bin + 1] ?? 0) * share;
    // A tail that never reaches 0: dividing by it is always allowed.
    return (seen + guessWeight * Math.max(1e-6, Math.exp(-ms / guessMs))) / total;
  };
}
