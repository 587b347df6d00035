/** How a vendor's PBX tells of a call: which messages it sends, when, and what can be known from them. */
import type { CallResult, Direction, Instant } from '#domain';
import type { WrittenMessage } from '#dialects';
import type { WallTime } from '../pbx/local-clock.js';
import type { CallScript } from '../scripts/call-script.js';

export type Vendor = 'voicenter' | 'voipnow' | 'globalex' | 'asterisk';

/** What the PBX wants to know of us, so that its caller waits for the reply. */
export type Asks = 'popup' | 'menu' | 'layer';

/** What the PBX has been told in replies so far during this call. */
export interface Heard {
  /** The tenant's menu that the caller is in, and the one before; null at the beginning. */
  menu: string | null;
  previousMenu: string | null;
  /** False once the menu has let go of the caller, or could not be asked. */
  inMenu: boolean;
  /** What it was told to remember. */
  customData: Readonly<Record<string, string>>;
}

export const NOTHING_HEARD: Heard = { menu: null, previousMenu: null, inMenu: true, customData: {} };

export interface TimedMessage {
  callId: string;
  /** Milliseconds since the call's start. */
  atMs: number;
  /** Below the connection's ingress URL, with what the tenant configured after it: `cdr`, `event?kind=3`. */
  route: string;
  /** For people: `Ringing 101`. */
  label: string;
  asks?: Asks;
  /** Null when there is nothing to be said any more. */
  write: (heard: Heard) => WrittenMessage | null;
}

/** The truth that a record of this vendor's call can hold: what the vendor tells, and no more. */
export interface ExpectedCall {
  vendorCallId: string;
  direction: Direction;
  result: CallResult;
  /** As the vendor prints them; numbers may be spelled in another way. */
  from: string;
  to: string;
  /** Those of which one stands in the record: whoever answered, the first of them where messages come in order. */
  extensions: readonly string[];
  queue: string | null;
  /** What was pressed in menus, all of it together. */
  ivrDigits: string;
  customData: Readonly<Record<string, string>>;
  transferOf: string | null;
  /** Null where it depends on which of the vendor's routes are used. */
  legs: number | null;
}

export interface PlannedCall {
  vendor: Vendor;
  scenario: string;
  /** In the order of their time. */
  messages: readonly TimedMessage[];
  expected: readonly ExpectedCall[];
  /** The same call, hung up by the menu so many milliseconds after its start. */
  hungUpAt: (atMs: number) => PlannedCall;
}

export interface PlanSetting {
  /** By the PBX's clock. */
  startedAt: Instant;
  /** Wall clock of the office. */
  wall: (at: Instant) => WallTime;
  /** Draws ids and formats: the same seed gives the same messages. */
  seed: number;
  /** Messages to other routes are not sent, as nobody configured them. */
  routes: readonly string[];
  /** What the PBX has called the call already, where it was ordered; else drawn. */
  callId?: string;
}

/** One call of one vendor. */
export type Voice = (script: CallScript, setting: PlanSetting) => Pick<PlannedCall, 'messages' | 'expected'>;

export const SECOND_MS = 1_000;
