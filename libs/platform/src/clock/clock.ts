import { instant, type Instant } from '#domain';

/** The outside world's time and chance, so that everything that decides can be given them. */
export interface Clock {
  now(): Instant;
  /** In [0, 1). */
  random(): number;
}

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  random: () => Math.random(),
};
