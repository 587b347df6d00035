import type { LeadDuplicates } from '#db';

/** An order to start an import of either kind. */
export interface StartAsk {
  columns?: string[];
  country?: string;
  delimiter?: string;
  hasHeader?: boolean;
  dryRun?: boolean;
  /** Of leads, as the following. */
  duplicates?: LeadDuplicates;
  keepInvalid?: boolean;
  timeZone?: string | null;
}
