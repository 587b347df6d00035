/**
 * How many of some independent events happen, each with its own chance (the Poisson-binomial distribution).
 * Exact for a few events; a normal distribution for many.
 */

/** Above so many events that may or may not happen the normal distribution is used. */
const MOST_EXACT = 40;

export interface Crowd {
  /** One more event with this chance. */
  add: (chance: number) => void;
  /** The chance that at least `threshold` happen. */
  reaches: (threshold: number) => number;
}

export function crowdOf(chances: readonly number[]): Crowd {
  return chances.length <= MOST_EXACT ? exactCrowd(chances) : normalCrowd(chances);
}

function exactCrowd(chances: readonly number[]): Crowd {
  let size = 0;
  let shares = new Float64Array(chances.length + 16);
  shares[0] = 1;
  const add = (chance: number): void => {
    if (size + 2 > shares.length) {
      const larger = new Float64Array(shares.length * 2);
      larger.set(shares);
      shares = larger;
    }
    size += 1;
    for (let count = size; count > 0; count -= 1)
      shares[count] = (shares[count] ?? 0) * (1 - chance) + (shares[count - 1] ?? 0) * chance;
    shares[0] = (shares[0] ?? 0) * (1 - chance);
  };
  chances.forEach(add);
  return {
    add,
    reaches: (threshold) => {
      let sum = 0;
      for (let count = Math.max(0, Math.ceil(threshold)); count <= size; count += 1)
        sum += shares[count] ?? 0;
      return sum;
    },
  };
}

function normalCrowd(chances: readonly number[]): Crowd {
  let mean = 0;
  let variance = 0;
  const add = (chance: number): void => {
    mean += chance;
    variance += chance * (1 - chance);
  };
  chances.forEach(add);
  return {
    add,
    // Whole numbers: at least `threshold` is above the half before it.
    reaches: (threshold) => normalShare((mean - threshold + 0.5) / Math.sqrt(variance + 1e-9)),
  };
}

function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** The normal distribution function to seven digits (Abramowitz and Stegun, 26.2.17). */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(z));
  const series =
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  const upper = normalDensity(z) * series;
  return z >= 0 ? 1 - upper : upper;
}
