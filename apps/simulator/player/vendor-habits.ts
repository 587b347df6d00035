import type { Vendor } from '../voices/voice.js';

/** How a vendor's PBX behaves towards whoever it tells. */
export interface VendorHabits {
  /** Waits before each repetition of what was not taken with 2xx; so their number is the number of repetitions. */
  retryWaitsMs: readonly number[];
  /** Longest wait for an answer. */
  timeoutMs: number;
  /** The same for a question, while a caller or an agent waits; a question is never repeated. */
  askTimeoutMs: number;
}

/** None of them documents how often it repeats itself, only that it does (design "Dialects", trap 4). */
const LIKELY: VendorHabits = { retryWaitsMs: [500, 2_000, 5_000], timeoutMs: 10_000, askTimeoutMs: 5_000 };

export const VENDOR_HABITS: Readonly<Record<Vendor, VendorHabits>> = {
  voicenter: LIKELY,
  voipnow: LIKELY,
  globalex: LIKELY,
  // It keeps its events while its socket is away: a single one is played as if it were posted.
  asterisk: LIKELY,
};
