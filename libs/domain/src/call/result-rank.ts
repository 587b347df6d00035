import type { CallResult } from './call.js';

/**
 * How much a result says: where two reports contradict each other the greater rank is believed, and of a call's legs the
 * one of greatest rank decides. Somebody spoke > a machine took it > why nobody spoke > nothing is known.
 */
export const RESULT_RANK: Readonly<Record<CallResult, number>> = {
  answered: 8,
  voicemail: 7,
  busy: 6,
  missed: 5,
  abandoned: 4,
  cancelled: 3,
  failed: 2,
  ivr_only: 1,
  unknown: 0,
};
