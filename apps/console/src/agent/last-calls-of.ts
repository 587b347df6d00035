import type { OwnCallDto } from '../api/operations';

type Last = Pick<
  OwnCallDto,
  'id' | 'result' | 'direction' | 'seenAt' | 'notes' | 'startedAt' | 'talkSeconds'
>;

const MOST = 5;

/** Whether somebody called, was not served, and the agent has not seen to it. */
export function isOpen({
  result,
  direction,
  seenAt,
}: Pick<Last, 'result' | 'direction' | 'seenAt'>): boolean {
  return direction === 'inbound' && seenAt === null && (result === 'missed' || result === 'abandoned');
}

/** The calls that are shown beside one: what is open first, then the latest. @param calls  latest first */
export function lastCallsOf<T extends Last>(calls: readonly T[], besides: string): T[] {
  const others = calls.filter(({ id }) => id !== besides);
  const open = others.filter(isOpen);
  return [...open, ...others.filter((call) => !isOpen(call))].slice(0, MOST);
}
