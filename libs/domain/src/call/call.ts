/** The record of one call, in our vocabulary. A fold over the reports of all its legs. */
import type { CallId, ConnectionId, Instant } from '../ids.js';
import type { CallMatch } from '../contact/match-contact.js';
import type { CallContext } from './call-context.js';
import type { CallNote } from './call-note.js';

export const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const CALL_RESULTS = [
  'answered',
  'missed',
  'abandoned',
  'voicemail',
  'busy',
  'failed',
  'cancelled',
  'ivr_only',
  'unknown',
] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** Line type of a number, as far as the numbering plan tells. */
export const NUMBER_TYPES = [
  'mobile',
  'fixed_line',
  'fixed_line_or_mobile',
  'toll_free',
  'premium_rate',
  'shared_cost',
  'voip',
  'personal',
  'pager',
  'uan',
  'voicemail',
] as const;
export type NumberType = (typeof NUMBER_TYPES)[number];

/**
 * A party of a call. `original` is exactly what the PBX said; the rest only when it is a number: a valid one or, where it is
 * written with a plus, one that its country could have. The latter has no `type`, and a `country` only where its code is one
 * country's.
 */
export interface Party {
  original: string;
  e164: string | null;
  /** ISO 3166-1 alpha-2 */
  country: string | null;
  /** English name of the country */
  countryName: string | null;
  type: NumberType | null;
  /** What was written behind the number for the exchange that it belongs to; absent where nothing was. */
  extension?: string;
}

export interface Money {
  /** In the currency's main unit, e.g. 0.07 for 7 agorot. */
  amount: number;
  /** ISO 4217 */
  currency: string;
}

export interface Recording {
  url: string;
}

export interface IvrStep {
  order: number;
  layerId: string;
  layerName: string | null;
  layerNumber: number | null;
  digits: string | null;
}

/** A step as it is kept: told while the caller was there, or listed afterwards. */
export interface TimedIvrStep extends IvrStep {
  /** Receipt of the message that told it live; null for a step of the list that a PBX gives when the call is over. */
  at: Instant | null;
}

export interface Agent {
  code: string | null;
  name: string | null;
}

export interface NamedId {
  id: string;
  name: string | null;
}

/**
 * Which part of a call a leg is. `only` is the call as a whole: when that leg has ended, the call has. `agent` and
 * `customer` are the halves of a call that a PBX places in two steps (Click2Call, ProductiveCall, Click 2 IVR). Any other
 * word is one part of possibly several, such as an extension of a ring group (`x101`): a call of such legs is over when all
 * of them are and no further one comes for a while.
 */
export type LegKey = string;

export const CALL_STATES = ['ringing', 'answered', 'ended'] as const;
export type CallState = (typeof CALL_STATES)[number];

/**
 * What we know of a leg's times only because messages without times of their own came then. Approximations: the PBX's own
 * times are believed before them. Each member is a maximum or minimum over all messages, or whether any of them said so.
 */
export interface Heard {
  /** Earliest start that a message of a running leg told. */
  start: Instant | null;
  /** Receipt of the first word that it rang, and of the last. */
  rang: Instant | null;
  rangLast: Instant | null;
  /** Receipt of the first word that it was answered. */
  answered: Instant | null;
  /** Receipt of the last word that it was going on. */
  live: Instant | null;
  /** The first word that the caller waits in a queue; absent where nobody told. */
  queued?: Instant;
  /** When the call was taken, as was told afterwards; absent where nobody told. */
  took?: Instant;
  /** Receipt of the first word that it was over, and of the last. */
  endedFirst: Instant | null;
  ended: Instant | null;
  /** It was found to be over, and this is when it was last known to go on; absent where nobody had to find that out. */
  goneAfter?: Instant;
  /** The latest start that a word of its going on told, and the latest that a word of its end did, by the PBX's clock. */
  turn: Instant | null;
  endedTurn: Instant | null;
  /** A word of its end said that somebody took it; that nobody did. */
  taken: boolean;
  untaken: boolean;
  /** It stopped ringing because somebody else took the call. */
  elsewhere: boolean;
  /** How much the message counts that `vendorStatus` is of: see `wordOf`. */
  word: number;
}

/** One leg: everything that the PBX reported of it, merged. `readLeg` says what follows from it. */
export interface CallLeg {
  key: LegKey;
  vendorType: string;
  vendorStatus: string;
  direction: Direction;
  result: CallResult;
  /** There where the vendor's word says that nobody was missed, although nobody took it. */
  nobodyMissed?: true;
  /** By the PBX's own clock, as it accounts for the ended leg; null while it has not, or never does. */
  startedAt: Instant | null;
  heard: Heard;
  /** As the PBX counted them. */
  ringSeconds: number | null;
  queueSeconds: number | null;
  talkSeconds: number | null;
  /** In a menu, before anything rang, where the PBX counts that apart; absent means none. */
  menuSeconds?: number;
  from: Party;
  to: Party;
  did: Party | null;
  extension: string | null;
  agent: Agent | null;
  queue: NamedId | null;
  department: NamedId | null;
  price: Money | null;
  recordings: Recording[];
  ivrPath: TimedIvrStep[];
  customData: Record<string, unknown>;
  /** The vendor's id of the call that this one was transferred from. */
  transferOf: string | null;
  /** AI summary, transcript and the like, as the vendor sent it. */
  ai: unknown;
  /** The vendor's names of fields whose values could not be read, in order; their text is in `raw`. */
  unreadableFields: string[];
  /** Fields that this dialect does not know, kept as they came. */
  raw: Record<string, unknown>;
}

export interface Call {
  id: CallId;
  connectionId: ConnectionId;
  /** The vendor's id of the call: opaque, up to 64 characters. */
  vendorCallId: string;
  state: CallState;
  direction: Direction;
  /** `unknown` until somebody answers or the call ends. */
  result: CallResult;
  /** Whether somebody called us and was not served, as far as is known by now. */
  missed: boolean;
  vendorType: string;
  vendorStatus: string;
  startedAt: Instant | null;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  ringSeconds: number | null;
  queueSeconds: number | null;
  talkSeconds: number | null;
  from: Party;
  to: Party;
  did: Party | null;
  extension: string | null;
  agent: Agent | null;
  queue: NamedId | null;
  department: NamedId | null;
  price: Money | null;
  recordings: Recording[];
  ivrPath: TimedIvrStep[];
  /** What the PBX reports, over what was remembered of the call (`context`). */
  customData: Record<string, unknown>;
  transferOf: string | null;
  ai: unknown;
  /** Of all legs. */
  unreadableFields: string[];
  /** Null where nothing was remembered. */
  context: CallContext | null;
  /** Whose the number outside is, as the directory and the tenant's sources told, or somebody chose; null while nobody was asked. */
  match: CallMatch | null;
  /** What people wrote about it, in the order in which it came. */
  notes: readonly CallNote[];
  /** When its end was told to the CRMs, or we gave up waiting for one: whatever comes later, it stays ended. */
  closedAt: Instant | null;
  /** In the order of their start. */
  legs: CallLeg[];
}
