/** From where a caller id can come, in the order in which Voicenter's AddCall tries them (seed 003, section 6.1). */
export const CALLER_ID_SOURCES = ['lead', 'country', 'worker', 'campaign'] as const;
export type CallerIdSource = (typeof CALLER_ID_SOURCES)[number];

export interface CallerIdChoice {
  /** What the lead came with: a number, or `Anonymous` in any case of letters. Null or empty: nothing. */
  lead: string | null;
  /** ISO 3166-1 alpha-2 of the number that is dialled. */
  country: string | null;
  /** Numbers to show in a country, best first. */
  byCountry: Readonly<Record<string, readonly string[]>>;
  /** The caller id of the worker's extension. */
  worker: string | null;
  campaign: string | null;
}

/** `hidden`: none is shown. */
export type ChosenCallerId =
  { hidden: true; source: 'lead' } | { hidden: false; callerId: string; source: CallerIdSource };
