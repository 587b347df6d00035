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

const HIDDEN = /^anonymous$/i;

/**
 * What to show to a lead: what it came with; else a number of its country; else that of the worker's extension; else the
 * campaign's. Null leaves it to the PBX.
 *
 * @param isSpent  whether a caller id was shown as often today as it may be: another one of the country is taken then, or what
 *   comes after. What a lead came with is never changed.
 */
export function callerIdOf(
  choice: CallerIdChoice,
  isSpent: (callerId: string) => boolean = () => false,
): ChosenCallerId | null {
  const { lead, country, byCountry, worker, campaign } = choice;
  const own = lead?.trim() ?? '';
  if (HIDDEN.test(own)) return { hidden: true, source: 'lead' };
  if (own !== '') return { hidden: false, callerId: own, source: 'lead' };
  const local = country !== null && Object.hasOwn(byCountry, country) ? (byCountry[country] ?? []) : [];
  const others: [CallerIdSource, string | null][] = [
    ...local.map((number): [CallerIdSource, string] => ['country', number]),
    ['worker', worker],
    ['campaign', campaign],
  ];
  for (const [source, callerId] of others) {
    if (callerId !== null && callerId !== '' && !isSpent(callerId))
      return { hidden: false, callerId, source };
  }
  return null;
}
