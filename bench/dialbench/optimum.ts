/**
 * The best that any dialler can do in the Markov world, exactly: N agents, talk exponential (mean 120 s), every call answered
 * or failed after an exponential time (mean 15 s), answered with chance p; who finds no free agent is abandoned at once; calls
 * can be placed at any time and not taken back. To be made as high as possible is the share of agents' time in talk, with no
 * more than a share of the answers abandoned. This reading gives the figures of the design to the last digit.
 *
 * A controlled Markov chain (busy agents, ringing calls), made uniform and solved by value iteration; a price for each
 * abandoned customer (a Lagrange multiplier, found by bisection) stands for the limit, and the limit is met exactly by
 * dialling now by the policy just above it and now by the one just below.
 */
const TALK_S = 120;
const RING_S = 15;
export const MARKOV_TARGET = 0.03;

/**
 * Utilisation in %, by agents and then by p, as `optimumOf` finds them; `--solve` does it again and takes an hour. That of 50
 * agents at p 0.15 is the design's own: finding it took too long.
 */
export const OPTIMA: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  5: { 0.15: 73.24, 0.3: 78.36, 0.5: 82.85 },
  10: { 0.15: 80.8, 0.3: 82.92, 0.5: 85.42 },
  20: { 0.15: 87.01, 0.3: 87.9, 0.5: 89.04 },
  30: { 0.15: 89.85, 0.3: 90.4, 0.5: 91.1 },
  50: { 0.15: 92.7, 0.3: 92.97, 0.5: 93.35 },
};

interface Found {
  utilisation: number;
  abandoned: number;
}

/** @returns utilisation, 0 to 1, at no more than the target abandoned */
export function optimumOf(agents: number, p: number, target = MARKOV_TARGET): number {
  const chain = new Chain(agents, p);
  let low = 0;
  let high = 400;
  let above = chain.solve(low);
  let below = chain.solve(high);
  while (high - low > 0.01) {
    const price = (low + high) / 2;
    const found = chain.solve(price);
    if (found.abandoned > target) {
      low = price;
      above = found;
    } else {
      high = price;
      below = found;
    }
  }
  if (above.abandoned <= target) return above.utilisation;
  const share = (above.abandoned - target) / (above.abandoned - below.abandoned);
  return below.utilisation * share + above.utilisation * (1 - share);
}

class Chain {
  private readonly most: number;
  private readonly width: number;
  private readonly size: number;
  /** All rates together, the same in each state: what does not happen leaves it as it is. */
  private readonly rate: number;
  private value: Float64Array;
  private next: Float64Array;
  /** For each state, the value after the best number of calls is placed, and the state that it is then. */
  private readonly placed: Float64Array;
  private readonly then: Int32Array;

  constructor(
    private readonly agents: number,
    private readonly p: number,
  ) {
    this.most = Math.ceil(((agents * RING_S) / TALK_S / p) * 2.6 + (agents / p) * 0.6 + 12);
    this.width = this.most + 1;
    this.size = (agents + 1) * this.width;
    this.rate = agents / TALK_S + this.most / RING_S;
    this.value = new Float64Array(this.size);
    this.next = new Float64Array(this.size);
    this.placed = new Float64Array(this.size);
    this.then = new Int32Array(this.size);
  }

  /** The best policy when an abandoned customer costs as much as so many served ones bring. */
  solve(price: number): Found {
    for (let round = 0; round < 200_000; round += 1) {
      this.place();
      const spread = this.improve(price);
      if (round % 50 === 0 && spread * this.rate < 1e-7) break;
    }
    this.place();
    return this.evaluate();
  }

  private place(): void {
    const { value, placed, then, width, most } = this;
    for (let base = 0; base < this.size; base += width) {
      let best = -Infinity;
      let where = base + most;
      for (let state = base + most; state >= base; state -= 1) {
        if ((value[state] ?? 0) > best + 1e-12) {
          best = value[state] ?? 0;
          where = state;
        }
        placed[state] = best;
        then[state] = where;
      }
    }
  }

  /** One step of value iteration. @returns the span of the change */
  private improve(price: number): number {
    const { value, next, placed, agents, p, width, most, rate } = this;
    let least = Infinity;
    let largest = -Infinity;
    const offset = value[0] ?? 0;
    for (let busy = 0; busy <= agents; busy += 1)
      for (let ringing = 0; ringing <= most; ringing += 1) {
        const state = busy * width + ringing;
        const ends = busy / TALK_S;
        const rings = ringing / RING_S;
        let sum = (rate - ends - rings) * (value[state] ?? 0);
        if (busy > 0) sum += ends * (placed[state - width] ?? 0);
        if (ringing > 0) {
          const failed = placed[state - 1] ?? 0;
          const answered = busy < agents ? 1 + (placed[state + width - 1] ?? 0) : failed - price;
          sum += rings * ((1 - p) * failed + p * answered);
        }
        const change = sum / rate - (value[state] ?? 0);
        next[state] = sum / rate - offset;
        if (change < least) least = change;
        if (change > largest) largest = change;
      }
    this.value = next;
    this.next = value;
    return largest - least;
  }

  /** Where the chain is in the long run under the policy, by going on until nothing changes. */
  private evaluate(): Found {
    let share = new Float64Array(this.size);
    let after = new Float64Array(this.size);
    share[this.then[0] ?? 0] = 1;
    let before = -1;
    for (let round = 0; round < 400_000; round += 1) {
      this.step(share, after);
      [share, after] = [after, share];
      if (round % 200 !== 0) continue;
      const found = this.read(share);
      if (Math.abs(found.utilisation - before) < 1e-9) return found;
      before = found.utilisation;
    }
    return this.read(share);
  }

  private step(share: Float64Array, after: Float64Array): void {
    const { agents, p, width, most, rate, then } = this;
    after.fill(0);
    const move = (state: number, weight: number): void => {
      after[state] = (after[state] ?? 0) + weight / rate;
    };
    for (let busy = 0; busy <= agents; busy += 1)
      for (let ringing = 0; ringing <= most; ringing += 1) {
        const state = busy * width + ringing;
        const weight = share[state] ?? 0;
        if (weight < 1e-15) continue;
        const ends = busy / TALK_S;
        const rings = ringing / RING_S;
        if (busy > 0) move(then[state - width] ?? 0, weight * ends);
        if (ringing > 0) {
          const failed = then[state - 1] ?? 0;
          move(failed, weight * rings * (1 - p));
          move(busy < agents ? (then[state + width - 1] ?? 0) : failed, weight * rings * p);
        }
        move(state, weight * (rate - ends - rings));
      }
  }

  private read(share: Float64Array): Found {
    let served = 0;
    let lost = 0;
    share.forEach((weight, state) => {
      const answers = ((weight * (state % this.width)) / RING_S) * this.p;
      if (state < this.agents * this.width) served += answers;
      else lost += answers;
    });
    return { utilisation: (served * TALK_S) / this.agents, abandoned: lost / (served + lost) };
  }
}
