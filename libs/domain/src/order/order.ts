/**
 * An order: what somebody wants a PBX to dial. The same for click-to-call, for a message that is played to a number, for a
 * conference, and for a campaign's calls. Source: design "Telephony API", section 1.
 */
import type { AgentId } from '../ids.js';

export const ORDER_KINDS = ['call', 'announce', 'conference'] as const;
/**
 * `call`: first is rung, then second, and they talk. `announce`: first is rung and hears recordings. `conference`: first is
 * rung and put into a room.
 */
export type OrderKind = (typeof ORDER_KINDS)[number];

export const ORDER_PARTY_KINDS = ['extension', 'number', 'queue', 'trunk', 'login_code'] as const;
export type OrderPartyKind = (typeof ORDER_PARTY_KINDS)[number];

/**
 * Whom to ring. `value`: for a number its E.164 with plus or, where it has none, the digits as they were said; for an
 * extension or a queue the PBX's own word; for a trunk its name, empty for the PBX's only one; for a login code the code, whose
 * owner's phone is rung.
 */
export interface OrderParty {
  kind: OrderPartyKind;
  value: string;
}

/** Something for each of the two parties. */
export interface EachParty<T> {
  first: T;
  second: T;
}

/** Names of recordings on the PBX, without their extension, and digits to say; in the order in which they are played. */
export interface Announcement {
  before: string | null;
  digits: string | null;
  /** Played after each digit. */
  between: string | null;
  after: string | null;
}

/** Null and absent members leave it to the PBX. */
export interface Order {
  kind: OrderKind;
  first: OrderParty;
  /** Null for all but a call. */
  second: OrderParty | null;
  /** What is shown to each: digits or E.164. */
  callerId: EachParty<string | null>;
  callerName: EachParty<string | null>;
  /** How long each may ring, 1 to 300. */
  ringSeconds: EachParty<number | null>;
  /** How long they may talk. */
  maxSeconds: number | null;
  record: boolean | null;
  autoAnswer: EachParty<boolean>;
  /** Do not begin where the extension's phone is not there. */
  checkDevice: EachParty<boolean>;
  /** Of the PBX's own sentences, e.g. `he`. */
  language: string | null;
  /** For whom a missed first party may leave a message. */
  voicemailBox: string | null;
  announcement: Announcement | null;
  conferenceRoom: string | null;
  /** Where the room wants one. */
  conferencePin?: string;
  /** Echoed by the PBX in what it tells of the call, where it can. Names without the vendor's prefix. */
  variables: Readonly<Record<string, string>>;
}

/** More are dropped where a vendor's request has them, and refused where ours has. */
export const MOST_ORDER_VARIABLES = 10;
export const LONGEST_ORDER_VARIABLE = 256;

/** An order of this kind with these parties, and everything else left to the PBX. */
export function orderOf(
  kind: OrderKind,
  first: OrderParty,
  second: OrderParty | null,
  more: Partial<Omit<Order, 'kind' | 'first' | 'second'>> = {},
): Order {
  return {
    kind,
    first,
    second,
    callerId: { first: null, second: null },
    callerName: { first: null, second: null },
    ringSeconds: { first: null, second: null },
    maxSeconds: null,
    record: null,
    autoAnswer: { first: false, second: false },
    checkDevice: { first: false, second: false },
    language: null,
    voicemailBox: null,
    announcement: null,
    conferenceRoom: null,
    variables: {},
    ...more,
  };
}

/** Whom the order dials outside, as E.164: the second party where it is a number, else the first. Null for calls inside. */
export function dialledNumber({ first, second }: Pick<Order, 'first' | 'second'>): string | null {
  for (const party of [second, first]) {
    if (party?.kind === 'number' && party.value.startsWith('+')) return party.value;
  }
  return null;
}

export const ORDER_SOURCES = ['api', 'voicenter', 'globalex', 'voipnow', 'campaign'] as const;
/** By whose request API it was placed; `api` is our own. */
export type OrderSource = (typeof ORDER_SOURCES)[number];

/** Who placed it: one of the members, or none for a tenant's own key. */
export interface PlacedBy {
  source: OrderSource;
  /** The credential, key or user, as the audit names it: `credential:<id>`. */
  actor: string;
  agentId: AgentId | null;
}
