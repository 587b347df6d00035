/** When a lead is tried again, as a table by what became of the last try. */
import { CALL_RESULTS } from '../call/call.js';

/** Beside a call's results (`missed` is no answer): the PBX said no; no trace of a call was found, so none was placed. */
const NO_CALL = ['refused', 'not_placed'] as const;

export const TRY_RESULTS = [...CALL_RESULTS, ...NO_CALL] as const;
export type TryResult = (typeof TRY_RESULTS)[number];

export interface RetryRule {
  /** Entry n, from 0, is the wait after try n + 1, in minutes; the last one is for all later tries. */
  delays: readonly number[];
  /** With this result at try `max` or later the lead is given up. */
  max: number;
  /** Try in another part of the day than this one was in (morning, afternoon, evening), by the lead's clock. */
  otherDayPart: boolean;
}

/** A result without a rule is final. */
export interface RetryPolicy {
  results: Readonly<Partial<Record<TryResult, RetryRule>>>;
  /** Share of a wait by which it varies either way, 0 to 0.5, so that what failed together does not come back together. */
  jitter: number;
}

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/**
 * What holds where a campaign says nothing. `abandoned` is a person whom nobody was there for: soon again, but by the rules' quiet
 * time. `cancelled` is an agent who gave the call up; `unknown` a call of which nothing was told.
 */
export const DEFAULT_RETRY: RetryPolicy = {
  results: {
    missed: { delays: [2 * HOUR_MINUTES, 4 * HOUR_MINUTES, DAY_MINUTES], max: 6, otherDayPart: true },
    busy: { delays: [10, 20, HOUR_MINUTES], max: 6, otherDayPart: false },
    voicemail: { delays: [4 * HOUR_MINUTES, DAY_MINUTES], max: 4, otherDayPart: true },
    abandoned: { delays: [HOUR_MINUTES], max: 3, otherDayPart: false },
    failed: { delays: [30, 4 * HOUR_MINUTES], max: 3, otherDayPart: false },
    cancelled: { delays: [30], max: 6, otherDayPart: false },
    unknown: { delays: [DAY_MINUTES], max: 3, otherDayPart: false },
    refused: { delays: [5, 30, 2 * HOUR_MINUTES], max: 5, otherDayPart: false },
    not_placed: { delays: [2, 10], max: 20, otherDayPart: false },
  },
  jitter: 0.2,
};
