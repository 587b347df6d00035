/** What kinds of call an office has, how often, and how they end. Rules as data: change the mix here. */

/** Share of each kind among all calls. */
export const CALL_KINDS = {
  incoming: 24,
  queue: 32,
  outgoing: 24,
  click2call: 8,
  voicemail: 4,
  ivrOnly: 5,
  transfer: 3,
} as const;
export type CallKind = keyof typeof CALL_KINDS;

/** Voicenter's status of the (first) leg, weighted. */
export const STATUSES = {
  incoming: { ANSWER: 72, NOANSWER: 13, CANCEL: 8, BUSY: 5, CHANUNAVAIL: 1, NOTDIALED: 1 },
  queue: { ANSWER: 74, ABANDONE: 21, TIMEOUT: 3, EXIT: 1, FULL: 1 },
  outgoing: { ANSWER: 58, NOANSWER: 22, BUSY: 9, CANCEL: 8, CONGESTION: 2, INVALIDARGS: 1 },
  click2call: { ANSWER: 90, NOANSWER: 8, CANCEL: 2 },
  customerLeg: { ANSWER: 61, NOANSWER: 24, BUSY: 10, CANCEL: 5 },
  voicemail: { VOICEMAIL: 1 },
  ivrOnly: { VOEND: 85, TE: 15 },
  transfer: { ANSWER: 1 },
} as const satisfies Record<CallKind | 'customerLeg', Record<string, number>>;

/** Medians in seconds and the sigma of their logarithm. */
export const TALK = { medianSeconds: 95, spread: 1.1, mostSeconds: 5400 } as const;
export const RING = { medianSeconds: 9, spread: 0.6, mostSeconds: 60 } as const;
export const WAIT = { medianSeconds: 28, spread: 1.0, mostSeconds: 900 } as const;
export const MENU = { medianSeconds: 14, spread: 0.5, mostSeconds: 120 } as const;

/** An outgoing call costs this many agorot for each minute begun; one that nobody answered is free. */
export const AGOROT_PER_MINUTE = 7;

/** Seconds between a call's end and its CDR. */
export const CDR_DELAY_SECONDS = { least: 1, most: 4 } as const;

/** Share of callers who hide their number. */
export const ANONYMOUS_SHARE = 0.03;
/** Share of calls that are made by or to somebody the office knows. */
export const REGULAR_SHARE = 0.7;
/** Share of queue calls that came through the voice menu, and of those that print it as a JSON string. */
export const MENU_SHARE = 0.6;
export const MENU_AS_STRING_SHARE = 0.2;

/**
 * How busy an hour is, by weekday from Sunday: Israel works Sunday to Thursday, half of Friday, and rests on Saturday.
 * 1 is the busiest hour of the week.
 */
const WORKDAY = [
  0, 0, 0, 0, 0, 0, 0.01, 0.08, 0.45, 0.9, 1, 0.95, 0.8, 0.62, 0.66, 0.74, 0.62, 0.35, 0.16, 0.08, 0.04, 0.02,
  0.01, 0,
];
const FRIDAY = WORKDAY.map((weight, hour) => (hour < 13 ? weight * 0.6 : 0));
const SATURDAY = WORKDAY.map((_, hour) => (hour >= 20 && hour <= 22 ? 0.02 : 0));
export const BUSYNESS: readonly (readonly number[])[] = [
  WORKDAY,
  WORKDAY,
  WORKDAY,
  WORKDAY,
  WORKDAY,
  FRIDAY,
  SATURDAY,
];
