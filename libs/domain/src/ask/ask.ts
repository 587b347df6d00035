/**
 * What software that was written for a vendor's request API asks, in our words, and what it is told. A facade reads the vendor's
 * request into an `Ask` and writes a `Told` as the vendor would; what is between them does not know the vendor.
 */
import type { Instant } from '../ids.js';
import type { Call, CallResult, Direction } from '../call/call.js';
import type { EachParty, Order, OrderParty } from '../order/order.js';
import type { AskedTime } from './asked-time.js';
import type { CampaignAsk, CampaignTold } from './campaign-ask.js';

/** What a status of an agent means to us: only `available` may be dialled for. */
export type AgentStanding = 'available' | 'paused' | 'away';

/** A list of numbers on the other side of a comparison. */
export type Bound = { sign: '>' | '<' | '='; value: number };

/** Which calls a call log is asked for. Absent members ask for all; each must be honoured, or more calls are told than asked for. */
export interface CallLogSearch {
  /** When it began. */
  from?: AskedTime;
  to?: AskedTime;
  /** When it ended, and so was kept. */
  endedFrom?: AskedTime;
  endedTo?: AskedTime;
  /** Numbers of either party, as written. */
  phones?: readonly string[];
  /** The PBX's words for extensions, of either side. */
  extensions?: readonly string[];
  callers?: readonly string[];
  called?: readonly string[];
  dids?: readonly string[];
  /** The vendor-shaped id of one call. */
  callIds?: readonly string[];
  queues?: readonly string[];
  campaigns?: readonly string[];
  results?: readonly CallResult[];
  directions?: readonly Direction[];
  /** The vendor's own type words or numbers, as the facade normalised them for its own use in `write`. */
  vendorTypes?: readonly string[];
  /** Seconds of the whole call. */
  duration?: readonly Bound[];
  /** In the currency's main unit. */
  price?: readonly Bound[];
  /** English name or ISO code of the country that was called. */
  toCountry?: string;
  numberTypes?: readonly string[];
  /** How much of the organisation; never more than the credential may see. */
  scope?: 'account' | 'hierarchical' | 'department' | 'user';
  /** Whose calls, by the name or id of an organisation or user: the credential's own, or none are found. */
  owner?: string;
}

export interface AskedPage {
  offset: number;
  /** 0: none of them, but how many there are. */
  limit: number;
}

/** `kind` says what is wanted. Parties have been read by the facade as far as their spelling tells; see `AskedParty`. */
export type Ask =
  | CampaignAsk
  | {
      kind: 'place';
      order: Order;
      /** Call although a list forbids it; needs a right of the credential and is audited. */
      despiteDoNotCall?: Partial<EachParty<boolean>>;
      /** Parts of the request that were left out, as words for the log. */
      dropped?: readonly string[];
    }
  /** Ends calls of an extension (all that are meant), or one call. */
  | { kind: 'hang_up'; extension?: string; callId?: string }
  | {
      kind: 'call_log';
      search: CallLogSearch;
      page?: AskedPage;
      /** By their start; newest first where it is not said. */
      order?: 'oldest_first' | 'newest_first';
    }
  | { kind: 'live_calls'; extension?: string; callId?: string }
  | { kind: 'live_queues'; queue?: string }
  | { kind: 'extensions'; all: boolean }
  | { kind: 'extension_state'; extension: string }
  | {
      kind: 'set_agent_state';
      /** The agent's code, or none where the extension says it. */
      agent: string | null;
      extension: string | null;
      queue?: string;
      standing: AgentStanding;
      /** The vendor's number of the status, e.g. 3 for lunch. */
      status: number;
    }
  | { kind: 'agent_states'; queue?: string; agent?: string }
  | { kind: 'agent_statuses' }
  | { kind: 'block_numbers'; numbers: readonly { number: string; name: string | null }[] }
  | { kind: 'unblock_numbers'; numbers: readonly { number: string; name: string | null }[] }
  | { kind: 'record'; extension?: string; callId?: string; state: 'on' | 'off' | 'mute' | 'unmute' }
  | { kind: 'transfer'; callId: string; party?: string; to: OrderParty }
  | { kind: 'set_hold'; callId: string; held: boolean }
  | { kind: 'queue_callback'; queue: string; number: string; from: string | null; maxTries: number | null }
  /** Trades a client's secret for a token. */
  | { kind: 'token' }
  /** The webhooks of an extension, as the vendor keeps them: `write` and `remove` are refused where the URL is not ours to set. */
  | {
      kind: 'event_hooks';
      extension: string | null;
      operation: 'list' | 'create' | 'update' | 'remove';
      id?: string;
      hook?: {
        event: 'dial_in' | 'dial_out' | 'hangup' | 'answer_in' | 'answer_out';
        method: 'GET' | 'POST';
        url: string;
        active: boolean;
      };
    };

export type AskKind = Ask['kind'];

/** What a call is to the outside: its ids and integers in the vendor's shape beside its record. */
export interface ToldCall {
  call: Call;
  /** The id that the vendor's clients know it by. */
  callId: string;
  /** What the vendor's clients know the call by from which it was transferred. */
  transferOf: string | null;
  /** Signed links of ours, in the order of `call.recordings`. */
  recordingUrls: readonly string[];
  /** The campaign's code, where the call is one of a campaign. */
  campaign?: string | null;
}

export interface ToldExtension {
  /** A stable integer, one an extension. */
  number: number;
  /** The PBX's word. */
  extension: string;
  /** Its other words, e.g. the short number of a SIP user. */
  aliases: readonly string[];
  name: string;
  agent: { number: number; name: string; code: string | null } | null;
  /** `unknown` where the PBX does not say. */
  device: 'reachable' | 'unreachable' | 'unknown';
  standing: AgentStanding | null;
  /** The vendor's number of the agent's status; null where there is no agent. */
  status: number | null;
  calls: readonly ToldCall[];
}

export interface ToldQueue {
  number: number;
  /** The PBX's word. */
  queue: string;
  name: string;
  callers: readonly { call: ToldCall; joinedAt: Instant }[];
}

export interface ToldAgent {
  number: number;
  name: string;
  code: string | null;
  extension: string | null;
  queue: string | null;
  standing: AgentStanding;
  status: number;
  since: Instant | null;
}

export interface ToldStatus {
  status: number;
  name: string;
  /** `#rrggbb` */
  color: string;
}

/** The carried-out half of what came of an ask. `kind` is the ask's. */
export type Told =
  | CampaignTold
  | { kind: 'place'; callId: string; order: Order; at: Instant }
  | { kind: 'hang_up'; calls: number; callId?: string }
  | { kind: 'call_log'; calls: readonly ToldCall[]; total: number }
  | { kind: 'live_calls'; extensions: readonly ToldExtension[]; at: Instant }
  | { kind: 'live_queues'; queues: readonly ToldQueue[]; at: Instant }
  | { kind: 'extensions'; extensions: readonly ToldExtension[] }
  | { kind: 'extension_state'; extension: ToldExtension }
  | { kind: 'set_agent_state'; agent: ToldAgent; changed: boolean }
  | { kind: 'agent_states'; agents: readonly ToldAgent[] }
  | { kind: 'agent_statuses'; statuses: readonly ToldStatus[] }
  | {
      kind: 'block_numbers' | 'unblock_numbers';
      numbers: readonly { number: string; problem: string | null }[];
    }
  | { kind: 'record'; actionId: string }
  | { kind: 'transfer'; callId: string }
  | { kind: 'set_hold'; callId: string }
  | { kind: 'queue_callback'; id: number }
  | { kind: 'token'; token: string; expiresInSeconds: number }
  | {
      kind: 'event_hooks';
      hooks: readonly {
        id: string;
        extension: string;
        event: string;
        method: 'GET' | 'POST';
        url: string;
        active: boolean;
      }[];
    };

/**
 * Why an ask was not carried out. `blocked`: a list, a window or another call to the number forbids it. `offline`: the phone is
 * not there. `unknown`: it may have happened. `too_many`: the log has more rows than may be told at once.
 */
export type AskFailure =
  | { code: 'invalid'; field: string; reason: string }
  | { code: 'unauthorised'; reason: string }
  | { code: 'address'; address: string }
  | { code: 'rate'; retryAfterSeconds: number }
  | { code: 'blocked'; reason: string }
  | { code: 'offline'; reason: string }
  | { code: 'not_found'; reason: string }
  | { code: 'unsupported'; capability: string; reason: string }
  | { code: 'refused'; reason: string }
  | { code: 'unknown'; reason: string }
  | { code: 'too_many'; found: number; most: number }
  | { code: 'unavailable' };

export type AskResult = { ok: true; told: Told } | { ok: false; failure: AskFailure };

/** How many rows of a call log are told at once; more are an error, never cut silently. */
export const MOST_LOG_ROWS = 10_000;
