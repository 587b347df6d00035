import type { DeliveryDto } from '../api/operations';

export type Follows =
  | { kind: 'due'; at: string; leftMs: number }
  | { kind: 'first' | 'now' | 'held' | 'dead' | 'delivered' | 'skipped' };

/** What becomes of a delivery next, and when. @param now  milliseconds since 1970 */
export function whatFollows(
  { state, dueAt, attemptCount }: Pick<DeliveryDto, 'state' | 'dueAt' | 'attemptCount'>,
  now: number,
): Follows {
  if (state !== 'due') return { kind: state };
  const leftMs = dueAt === null ? 0 : Date.parse(dueAt) - now;
  if (dueAt !== null && leftMs > 0) return { kind: 'due', at: dueAt, leftMs };
  return { kind: attemptCount === 0 ? 'first' : 'now' };
}
