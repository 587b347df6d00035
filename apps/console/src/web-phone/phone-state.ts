import type { CallState } from './call-state';
import type { PhoneFault } from './phone-fault';

/**
 * Whether the PBX rings this phone.
 * `refused`: the PBX does not let us in, and is not asked again.
 */
export const STANDINGS = ['off', 'connecting', 'registered', 'lost', 'refused'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A call of the phone, as it is shown. */
export interface PhoneCall {
  /** By which the PBX knows it, where it says so, else SIP's Call-ID. */
  id: string;
  /** SIP's Call-ID. */
  callId: string;
  direction: 'in' | 'out';
  state: CallState;
  number: string;
  name: string | null;
  /** Milliseconds since 1970: the answer, or else the beginning. */
  since: number;
  isMuted: boolean;
  isHeld: boolean;
  /** The other side holds us. */
  isHeldByThem: boolean;
  /** What went wrong, where something of this browser did. */
  why: PhoneFault | null;
}

/** Everything that is shown of a phone. */
export interface PhoneState {
  standing: Standing;
  /** The SIP status by which it was refused. */
  code: number | null;
  calls: readonly PhoneCall[];
  /** The browser plays no sound before somebody has touched the page. */
  isSoundBlocked: boolean;
}

export const NO_PHONE: PhoneState = { standing: 'off', code: null, calls: [], isSoundBlocked: false };
