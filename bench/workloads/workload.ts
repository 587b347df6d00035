import type { BenchResult } from '../result.js';
import type { Surroundings } from '../stage/stage.js';

/** One benchmark of the design's list. To add one: a file beside this, and a line in the registry. */
export interface Workload {
  name: string;
  about: string;
  /** Messages a second unless --rate says otherwise; by default 1000. */
  rate?: number;
  /** Starts what it needs; whatever it started is undone by `surroundings.unwind`. */
  run: (surroundings: Surroundings) => Promise<BenchResult>;
}
