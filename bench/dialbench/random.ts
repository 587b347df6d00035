/** Chance with a seed: the same numbers on every machine (mulberry32). */
export class Random {
  private state: number;
  private spare: number | undefined;

  constructor(seed: number) {
    this.state = (seed * 2_654_435_761) >>> 0;
  }

  /** Evenly from 0 up to but not 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** Of a whole shape: the sum of so many exponentials. */
  gamma(shape: number, mean: number): number {
    let sum = 0;
    for (let part = 0; part < shape; part += 1) sum += this.exponential(mean / shape);
    return sum;
  }

  /** @param cv  the standard deviation as a share of the mean */
  lognormal(mean: number, cv: number): number {
    const variance = Math.log(1 + cv * cv);
    return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * this.normal());
  }

  private normal(): number {
    if (this.spare !== undefined) {
      const kept = this.spare;
      this.spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
