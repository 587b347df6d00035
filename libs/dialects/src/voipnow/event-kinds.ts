/** The vendor's five kinds of call events (seed 001, "Overview"; the numbers are those of its UnifiedAPI). */
import type { LegPhase } from '#domain';
import { isDialStatus } from '../content/dial-status.js';
import { squeezed } from '../content/squeezed.js';

/** Which end of the call the event's extension is: it received the call or made it. */
export type Side = 'in' | 'out';

export interface EventKind {
  phase: LegPhase;
  /** Null where the kind does not tell. */
  side: Side | null;
}

interface NamedKind extends EventKind {
  code: number;
  route: string;
  /** Squeezed, beside the route's own name. */
  names: readonly string[];
}

const KINDS: readonly NamedKind[] = [
  { code: 0, route: 'dial-in', phase: 'ringing', side: 'in', names: [] },
  { code: 1, route: 'dial-out', phase: 'ringing', side: 'out', names: [] },
  { code: 2, route: 'hangup', phase: 'ended', side: null, names: [] },
  {
    code: 3,
    route: 'answer-in',
    phase: 'answered',
    side: 'in',
    names: ['answerincoming', 'answerincomingcall', 'answeronincomingcall'],
  },
  {
    code: 4,
    route: 'answer-out',
    phase: 'answered',
    side: 'out',
    names: ['answeroutgoing', 'answeroutgoingcall', 'answeronoutgoingcall'],
  },
];

export const KIND_ROUTES: readonly string[] = KINDS.map((kind) => kind.route);

const BY_NAME = new Map<string, EventKind>(
  KINDS.flatMap((kind) =>
    [String(kind.code), kind.route, ...kind.names].map((name): [string, EventKind] => [squeezed(name), kind]),
  ),
);

/** The kind of a number 0 to 4, a route or a name of the vendor's; undefined for anything else. */
export function eventKindNamed(name: string): EventKind | undefined {
  return BY_NAME.get(squeezed(name));
}

/**
 * The kind of an event that only its status tells: a call is being dialed, or it is over. Answers cannot be told so; a word
 * that the vendor does not document is noted, as it must neither ring nor end a call.
 */
export function kindOfStatus(status: string): EventKind {
  if (squeezed(status) === 'calling') return { phase: 'ringing', side: null };
  return { phase: isDialStatus(status) ? 'ended' : 'noted', side: null };
}
