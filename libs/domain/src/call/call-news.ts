import type { Instant } from '../ids.js';
import type { LegKey } from './call.js';
import type { ShownNote } from './call-note.js';
import type { CallEventType } from './call-event-type.js';

/** What a caller pressed in a menu. */
export interface IvrInput {
  /** The PBX's id of the menu. */
  menu: string;
  layerNumber: number | null;
  /** Null where the caller pressed nothing. */
  digits: string | null;
}

/** Who began to ring. */
export interface RingingLeg {
  /** Key of the leg. */
  leg: LegKey;
  /** Null where the PBX names none, as of a call that rings in a menu or before a queue. */
  extension: string | null;
  /** Whether this is the call's first ringing. */
  first: boolean;
}

/** An event to be told of a call. Its data is the call's view, with the members that this type has beside it. */
export interface CallNews {
  type: CallEventType;
  /** When it happened, as far as anybody knows. */
  occurredAt: Instant;
  /** With `ivr.input` only. */
  input?: IvrInput;
  /** With `call.ringing` only. */
  ringing?: RingingLeg;
  /**
   * The extensions of which a ringing was told by now, this event's included, in that order. With `call.ringing`,
   * `call.answered`, `call.ended` and `call.missed`.
   */
  rang?: readonly string[];
  /** With `call.noted` only. */
  note?: ShownNote;
}
