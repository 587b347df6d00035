import type { CallDto } from '../api/operations';

/** The number outside of a call; empty where it was withheld. */
export function outsideOf({ direction, from, to }: Pick<CallDto, 'direction' | 'from' | 'to'>): string {
  const party = direction === 'outbound' ? to : from;
  return party.e164 ?? party.original;
}
