import type { FacadeReading } from '../../facade.js';

export const REPLY_FORMATS = ['text', 'html', 'xml', 'json'] as const;
export type ReplyFormat = (typeof REPLY_FORMATS)[number];

/** How they asked, as far as the answer depends on it. */
export type GlobalexManner = Readonly<{
  format: ReplyFormat;
  /** They named a format themselves. */
  formatSaid: boolean;
  /** What `Response` said; null for nothing. */
  response: boolean | null;
  showUid: boolean;
  /** Repeated in the answer: names as the vendor spells them, values fit to be. */
  echo: readonly (readonly [name: string, value: string])[];
}>;

export type GlobalexRoute = 'dialup' | 'channel_status' | 'report' | 'callback';

/** The facade's own value, back from whoever carried the ask out. */
export function mannerOf({ manner }: Pick<FacadeReading, 'manner'>): GlobalexManner {
  return manner as GlobalexManner;
}
