import type { Dialler } from './dialler.js';

/** Where connections lead, and as whom. Those of one place are alike; those of two are never exchanged for one another. */
export interface Place {
  /** Names the place among all others. */
  key: string;
  origin: string;
  dialler: Dialler;
}
