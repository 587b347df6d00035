/**
 * What becomes of an order, as a table. An order is written as `sending` before anything is sent, and nothing leads back to
 * that: whatever happens, one order is one request to the PBX. Source: design "Dialer", never twice, never lost.
 */
export const ORDER_STATES = [
  'reserved',
  'sending',
  'accepted',
  'ringing',
  'answered',
  'unknown',
  'ended',
  'refused',
  'not_placed',
  'orphaned',
  'cancelled',
  'expired',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/**
 * - `reserved`: to be sent; nothing was.
 * - `sending`: committed, and the request is under way or about to be.
 * - `accepted`: the PBX took it. `ringing`, `answered`, `ended`: what its webhooks told of the call since.
 * - `unknown`: it may or may not dial; the PBX's lists are looked at, and it is never sent again.
 * - `refused`: the PBX, or the network before anything left, said no.
 * - `not_placed`: it was unknown, and no trace of a call came in the time that one takes.
 * - `orphaned`: it was unknown, and the PBX's lists could not be read; it counts as an attempt.
 * - `cancelled`: taken back before it was sent. `expired`: not sent in time.
 */
const NEXT: Record<OrderState, readonly OrderState[]> = {
  reserved: ['sending', 'cancelled', 'expired'],
  sending: ['accepted', 'refused', 'unknown', 'ringing', 'answered', 'ended'],
  accepted: ['ringing', 'answered', 'ended'],
  ringing: ['answered', 'ended'],
  answered: ['ended'],
  unknown: ['accepted', 'ringing', 'answered', 'ended', 'not_placed', 'orphaned'],
  ended: [],
  refused: [],
  not_placed: [],
  orphaned: [],
  cancelled: [],
  expired: [],
};

/** In which the number that it dials must not be dialled by another order. */
export const OPEN_ORDER_STATES = ORDER_STATES.filter((state) => NEXT[state].length > 0);

/** What a PBX may still say no to. */
export const UNSETTLED_ORDER_STATES = ['sending', 'unknown'] as const satisfies OrderState[];

export function isOpenOrder(state: OrderState): boolean {
  return NEXT[state].length > 0;
}

export function mayBecome(from: OrderState, to: OrderState): boolean {
  return NEXT[from].includes(to);
}

/** The states from which `to` can be reached in one step: the guard of the statement that sets it. */
export function statesBefore(to: OrderState): OrderState[] {
  return ORDER_STATES.filter((from) => mayBecome(from, to));
}

/**
 * What is wrong with a table of transitions, in a sentence each: a state that nothing leads to, a way out of an end, a way back
 * to where something may be sent.
 */
export function flawsOf(next: Record<OrderState, readonly OrderState[]> = NEXT): string[] {
  const flaws: string[] = [];
  const reached = new Set<OrderState>(['reserved']);
  for (const state of reached) for (const then of next[state]) reached.add(then);
  for (const state of ORDER_STATES) if (!reached.has(state)) flaws.push(`Nothing leads to ${state}.`);
  for (const state of ORDER_STATES) {
    const after = new Set<OrderState>(next[state]);
    for (const then of after) for (const later of next[then]) after.add(later);
    if (after.has(state)) flaws.push(`${state} leads back to itself.`);
    if (state !== 'reserved' && after.has('sending')) flaws.push(`${state} leads to another sending.`);
    if (![...after].some((then) => next[then].length === 0) && next[state].length > 0) {
      flaws.push(`${state} never ends.`);
    }
  }
  return flaws;
}
