import type { DialLimits } from './dial-rules.js';

/**
 * Rules of a country, a state or a trade as versioned data. Nobody's legal advice: what a campaign has to keep to is for those who
 * run it to find out, and a pack only helps with what machines can watch.
 */
export interface DialPack {
  id: string;
  /** Counts up whenever a limit changes. */
  version: number;
  title: string;
  /** Names of the statutes and rules that it was made from. */
  sources: readonly string[];
  note: string;
  limits: Partial<DialLimits>;
}
