import type { FacadeReading } from '../../facade.js';
import type { Page } from './page.js';

/** How they asked, as far as the answer depends on it. */
export type VoipnowManner = Readonly<{
  /** The service's own word for what was done, such as `GET`. */
  method: string;
  page: Page;
  /** As it was said; null for none, and for `@self`. */
  extension: string | null;
  /** The id of a call or event, or the number of an agent, in the path. */
  id: string | null;
  /** Of an event, 0 to 4, in the path. */
  eventType: string | null;
  /** What is only to be repeated. */
  nonce: string | null;
  callerId: string | null;
  note: string | null;
  /** How a client asked for a token: `basic` gets its challenge; the grant is the one that we give, another, or none. */
  basic: boolean;
  grant: 'known' | 'other' | 'none';
}>;

/** The facade's own value, back from whoever carried the ask out. */
export function mannerOf({ manner }: Pick<FacadeReading, 'manner'>): VoipnowManner {
  return manner as VoipnowManner;
}
