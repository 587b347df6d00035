/** The record of one call, in our vocabulary. A fold over the reports of all its legs. */
import type { CallId, ConnectionId, Instant } from '../ids.js';

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

/** A party of a call. `original` is exactly what the PBX said; the rest only when it is a valid number. */
export interface Party {
  original: string;
  e164: string | null;
  /** ISO 3166-1 alpha-2 */
  country: string | null;
  /** English name of the country */
  countryName: string | null;
  type: NumberType | null;
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

export interface Agent {
  code: string | null;
  name: string | null;
}

export interface NamedId {
  id: string;
  name: string | null;
}

/**
 * Which part of a call a leg is: `only` for an ordinary call, `agent` and `customer` for calls that a PBX
 * places in two steps (Click2Call, ProductiveCall, Click 2 IVR), other words where a dialect needs them.
 */
export type LegKey = string;

/** One leg, as the PBX last reported it, with our reading of it. */
export interface CallLeg {
  key: LegKey;
  vendorType: string;
  vendorStatus: string;
  direction: Direction;
  result: CallResult;
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
  ivrPath: IvrStep[];
  customData: Record<string, unknown>;
  /** The vendor's id of the call that this one was transferred from. */
  transferOf: string | null;
  /** AI summary, transcript and the like, as the vendor sent it. */
  ai: unknown;
  /** Fields that this dialect does not know, kept as they came. */
  raw: Record<string, unknown>;
}

export interface Call {
  id: CallId;
  connectionId: ConnectionId;
  /** The vendor's id of the call: opaque, up to 64 characters. */
  vendorCallId: string;
  direction: Direction;
  result: CallResult;
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
  ivrPath: IvrStep[];
  customData: Record<string, unknown>;
  transferOf: string | null;
  ai: unknown;
  /** In the order of their keys' first start. */
  legs: CallLeg[];
}
