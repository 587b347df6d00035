import type { Child } from './child.js';

/** What a workload's load is played on: the product, or the bare pipeline beside it. */
export interface Playing {
  /** Names of those that run. */
  readonly processes: string[];
  url(name: string): string;
  /** @throws Error when it is not running */
  child(name: string): Child;
  /** What its processes logged, warnings and worse. */
  complaints(): string[];
}
