/** The worlds in which the bench dials: who answers after how long, and how long agents are busy. Times in ms. */
import type { Random } from './random.js';

export interface Fate {
  answered: boolean;
  /** From sending the call to its answer or failure. */
  ringMs: number;
  /** A machine answered: an agent gets it and hangs up soon. */
  voicemail?: boolean;
}

export interface World {
  /** Agents at work at this time of the day. */
  agents: (dayMs: number) => number;
  fate: (random: Random, dayMs: number) => Fate;
  talkMs: (random: Random, fate: Fate) => number;
  /** After the call; null: agents are free when the call ends, and nobody knows of wrap-up. */
  wrapMs: ((random: Random) => number) | null;
}

const SECOND = 1_000;

/** Everything exponential: talk of 120 s, and 15 s until a call is answered or fails. */
export function markovWorld(agents: number, answerShare: number): World {
  return {
    agents: () => agents,
    fate: (random) => ({
      answered: random.next() < answerShare,
      ringMs: random.exponential(15 * SECOND),
    }),
    talkMs: (random) => random.exponential(120 * SECOND),
    wrapMs: null,
  };
}

/** The centre that the reference results are about. */
export function realisticWorld(agents: number, answerShare: number): World {
  return {
    agents: () => agents,
    fate: (random) => realisticFate(random, answerShare),
    talkMs: (random) => random.lognormal(100 * SECOND, 1.2),
    wrapMs: (random) => 5 * SECOND + random.exponential(15 * SECOND),
  };
}

export function realisticFate(random: Random, answerShare: number): Fate {
  const SET_UP = 2 * SECOND;
  if (random.next() < answerShare) return { answered: true, ringMs: SET_UP + random.gamma(3, 8 * SECOND) };
  const why = random.next();
  if (why < 0.07) return { answered: false, ringMs: SET_UP + 2 * SECOND };
  if (why < 0.14) return { answered: false, ringMs: SET_UP };
  return { answered: false, ringMs: 27 * SECOND };
}
