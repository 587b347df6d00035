import type { Instant } from '../ids.js';
import { valuesOf } from '../values-of.js';
import type { CallLeg } from './call.js';

/** When a caller was heard to begin to wait in a queue; null where nobody told. */
export function queuedAt(legs: readonly Pick<CallLeg, 'heard'>[]): Instant | null {
  const times = valuesOf(legs, ({ heard }) => heard.queued);
  return times.reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
}
