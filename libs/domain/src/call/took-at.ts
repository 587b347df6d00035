import type { Instant } from '../ids.js';
import { valuesOf } from '../values-of.js';
import type { CallLeg } from './call.js';

/** When somebody took the call, as was told afterwards: for where the word of the answer got lost. Null where nobody told. */
export function tookAt(legs: readonly Pick<CallLeg, 'heard'>[]): Instant | null {
  const times = valuesOf(legs, ({ heard }) => heard.took);
  return times.reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
}
