/** Where a call of the phone is. It begins as `ringing` (they call us) or `calling` (we call them) and ends in one of the last three. */
export const CALL_STATES = ['ringing', 'calling', 'answered', 'ended', 'failed', 'rejected'] as const;
export type CallState = (typeof CALL_STATES)[number];

/** What happens to a call. `code` is the SIP status that ended it, where one did. */
export type CallNews =
  { kind: 'answered' } | { kind: 'over'; by: 'us' | 'them'; code: number | null } | { kind: 'broken' };

/** Statuses by which somebody says that they do not want the call, or cannot take one more. */
const DECLINED: ReadonlySet<number> = new Set([486, 600, 603]);

export function isOver(state: CallState): boolean {
  return state === 'ended' || state === 'failed' || state === 'rejected';
}

/**
 * The state after some news. Nothing comes after an end, and a call that was answered can only end.
 *
 * A call that rang here and was given up, or taken by another phone, ended; so did one of ours that we gave up.
 */
export function stateAfter(state: CallState, news: CallNews): CallState {
  if (isOver(state)) return state;
  if (news.kind === 'answered') return 'answered';
  if (state === 'answered') return 'ended';
  if (news.kind === 'broken') return 'failed';
  const wasDeclined = news.code !== null && DECLINED.has(news.code);
  if (wasDeclined) return 'rejected';
  if (state === 'ringing' || news.by === 'us') return 'ended';
  return 'failed';
}
