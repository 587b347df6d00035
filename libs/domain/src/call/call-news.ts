import type { Instant } from '../ids.js';
import type { CallEventType } from './call-event-type.js';

/** What a caller pressed in a menu. */
export interface IvrInput {
  /** The PBX's id of the menu. */
  menu: string;
  layerNumber: number | null;
  /** Null where the caller pressed nothing. */
  digits: string | null;
}

/** An event to be told of a call. Its data is the call's view, with the members that this type has beside it. */
export interface CallNews {
  type: CallEventType;
  /** When it happened, as far as anybody knows. */
  occurredAt: Instant;
  /** With `ivr.input` only. */
  input?: IvrInput;
}
