/** How a call is kept: its legs. The summary is a pure function of them, so it is made again when it is read. */
import type { CallId, ConnectionId, Instant } from '../ids.js';
import type { Call, CallLeg } from './call.js';
import type { CallMatch } from '../contact/match-contact.js';
import type { CallContext } from './call-context.js';
import type { CallNote } from './call-note.js';
import type { CallEventType } from './call-event-type.js';
import type { PopupStates } from '../live/popup-states.js';
import { heardBefore } from './heard.js';
import type { ToldSoFar } from './told-so-far.js';
import { summariseLegs } from './summarise-legs.js';

/** A leg as a build may have kept it that did not know all of today's members. */
type StoredLeg = Omit<CallLeg, 'unreadableFields'> & Partial<Pick<CallLeg, 'unreadableFields'>>;

export interface StoredCall {
  legs: StoredLeg[];
  /** Null or absent while the call's end has not been told. */
  closedAt?: Instant | null;
  /** Which events of it there were, each once; absent means none. */
  told?: CallEventType[];
  /** The extensions of which a ringing was told; absent in records of builds that told the call's first one only. */
  rang?: string[];
  /** On whose screens it is, or was; absent means on none. */
  popups?: PopupStates;
  /** Null or absent where nothing was remembered. */
  context?: CallContext | null;
  /** Null or absent where nobody was asked whose number it is. */
  match?: CallMatch | null;
  /** Absent means none. */
  notes?: readonly CallNote[];
}

export function storedCall(
  { legs, closedAt, context, match, notes }: Pick<Call, 'legs' | 'closedAt' | 'context' | 'match' | 'notes'>,
  told: ToldSoFar,
): StoredCall {
  const { types, rang, popups } = told;
  return {
    legs,
    closedAt,
    told: [...types],
    rang: [...rang],
    ...(popups && { popups }),
    ...(context && { context }),
    ...(match && { match }),
    ...(notes.length > 0 && { notes }),
  };
}

export function toldOf(stored: StoredCall): ToldSoFar {
  const { popups } = stored;
  return { ...eventsTold(stored), ...(popups && { popups }) };
}

function eventsTold({ legs, told: types = [], rang }: StoredCall): ToldSoFar {
  if (rang !== undefined || !types.includes('call.ringing')) return { types, rang: rang ?? [] };
  return { types, rang: [...new Set(legs.flatMap(({ extension }) => extension ?? []))] };
}

export function restoreCall(
  ids: { id: CallId; connectionId: ConnectionId; vendorCallId: string },
  { legs, closedAt = null, context = null, match = null, notes = [] }: StoredCall,
): Call {
  const { id, connectionId, vendorCallId } = ids;
  const known = legs.map((leg) => ({
    ...leg,
    heard: heardBefore(leg.heard, leg.result),
    unreadableFields: leg.unreadableFields ?? [],
  }));
  return Object.assign(summariseLegs(known, closedAt, context), {
    id,
    connectionId,
    vendorCallId,
    match,
    notes,
  });
}
