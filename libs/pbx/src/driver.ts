/**
 * What a vendor's folder must offer to command its PBXs. A driver keeps no state: what it needs of the world comes in through one
 * argument, and every answer is a value. It sends each request once: no retry, no redirect, as a repeated GET dials again.
 * Source: design "Telephony API", section 1.
 */
import type { AgentStanding, Instant, Order } from '#domain';
import type { HttpSender } from '#platform';
import type { SocketAnswer, SocketAsk } from './socket-ask.js';
import type { FeedLogin, FeedNews, FeedPhone } from './feed.js';

export const CAPABILITIES = [
  'place_call',
  'place_to_customer_first',
  'announce',
  'conference',
  'hang_up',
  'list_calls',
  'list_queues',
  'list_extensions',
  'set_agent_state',
  'extension_state',
  'record',
  'transfer',
  'find_call',
  'feed',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/**
 * - `refused`: the PBX said no, or nothing was sent (no address, no connection, no TLS). Only this may be tried again.
 * - `unknown`: it may have been carried out: a time-out or a reset after the bytes had left, a 5xx, an answer that cannot be read.
 * - `unsupported`: this vendor has no such thing. Nothing was sent.
 *
 * `reason` and `why` are sentences for the tenant, without secrets. `code` and `text` are the vendor's own words, masked.
 */
export type DriverAnswer<T> =
  | ({ kind: 'done' } & T)
  | { kind: 'refused'; reason: string; code: string | null; text: string | null; offline?: true }
  | { kind: 'unknown'; why: string }
  | { kind: 'unsupported'; capability: Capability };

export interface Placed {
  /** By which the PBX's webhooks and lists will name the call; null where it does not say. */
  vendorCallId: string | null;
}

/** A call that goes on at the PBX now. */
export interface PbxLiveCall {
  vendorCallId: string | null;
  /** The PBX's word of the extension that is in it. */
  extension: string | null;
  /** The other side, as the PBX prints it. */
  number: string | null;
  state: 'ringing' | 'answered';
  startedAt: Instant | null;
  /** What we gave it to be told again; null where it does not tell. */
  correlator: string | null;
}

export interface PbxQueue {
  queue: string;
  name: string | null;
  waiting: { number: string; vendorCallId: string | null; since: Instant | null }[];
}

export interface PbxExtension {
  extension: string;
  aliases: string[];
  name: string | null;
}

/** A call in the PBX's history. */
export interface PbxPastCall {
  vendorCallId: string;
  extension: string | null;
  number: string | null;
  startedAt: Instant | null;
  answered: boolean;
}

/** What is looked for after an unclear answer. */
export interface WantedCall {
  order: Order;
  /** As it was given with the order. */
  correlator: string;
  vendorCallId: string | null;
  /** The call began then, or up to 90 s around it. */
  from: Instant;
  to: Instant;
}

/** A PBX as it is set up, its secrets opened. */
export interface DriverAccount {
  settings: Readonly<Record<string, unknown>>;
  secrets: Readonly<Record<string, string>>;
  /** How numbers are dialled there. */
  numbers: 'local' | 'e164' | 'e164_plus';
  /** ISO 3166-1 alpha-2 and IANA zone of the connection. */
  country: string;
  timeZone: string;
  /** A token that was traded for the secrets, where the vendor wants one; null before the first. */
  token: { value: string; expiresAt: Instant } | null;
}

export interface DriverIo {
  send: HttpSender['send'];
  now: () => Instant;
  /** Of one whole answer. */
  timeoutMs: number;
  /** Keeps a new token, so that other processes use it too. */
  keepToken: (token: { value: string; expiresAt: Instant }) => Promise<void>;
  /**
   * Asks through the socket that the PBX keeps open to us, whichever process holds it. Absent where the connection is of no
   * dialect with sockets. Never throws.
   */
  ask?: (request: SocketAsk) => Promise<SocketAnswer>;
  /** Aborted when we stop; what had been sent by then is `unknown`. */
  signal?: AbortSignal;
}

/** One value of an account's form. */
export interface AccountField {
  name: string;
  /** One sentence. */
  what: string;
  secret: boolean;
  required: boolean;
  /** All the values that it may have; absent for free text. */
  values?: readonly string[];
  /** The one that holds when it is not set. */
  byDefault?: string;
}

/** What a PBX tells of itself while it happens. */
export type PbxFeed = PbxChannel | AskedPhones;

interface FeedSwitch {
  /** Whether the account wants it: as a rule its setting `feed` is `on`. */
  isOn(settings: DriverAccount['settings']): boolean;
}

/** A PBX's own channel. A driver says how one logs in and what the messages mean; it opens nothing itself. */
export interface PbxChannel extends FeedSwitch {
  logIn(account: DriverAccount, io: DriverIo): Promise<DriverAnswer<FeedLogin>>;
  /** @returns undefined for what tells us nothing */
  read(name: string, data: unknown): FeedNews | undefined;
}

/** A PBX that is asked for its phones every few seconds: all of them, each time. */
export interface AskedPhones extends FeedSwitch {
  phonesNow(account: DriverAccount, io: DriverIo): Promise<DriverAnswer<{ phones: FeedPhone[] }>>;
}

export interface PbxDriver {
  /** The dialect's name: a connection's account is its vendor's. */
  vendor: string;
  /** For whoever chooses among them. */
  title: string;
  fields: readonly AccountField[];
  /** How this vendor's PBXs are given numbers where the account does not say. */
  numbers: DriverAccount['numbers'];
  /** It is asked through `DriverIo.ask` and never by HTTP: it has no address, and works where the PBX holds its socket open. */
  asksThroughSocket?: true;
  can: Readonly<Partial<Record<Capability, true>>>;
  /** Sentences about `settings` that cannot be, by the field's name; empty for none. */
  problemsOf(settings: DriverAccount['settings']): { field: string; reason: string }[];
  /** Asks something that changes nothing, to see whether the account is right. */
  probe(account: DriverAccount, io: DriverIo): Promise<DriverAnswer<{ what: string }>>;
  /** @param correlator  given to the PBX, which tells it again where it can: `^[0-9a-f-]{36}$` */
  place(
    order: Order,
    correlator: string,
    account: DriverAccount,
    io: DriverIo,
  ): Promise<DriverAnswer<Placed>>;
  /** The vendor ends an extension's calls, all of them: whoever means one of several must not ask for it. */
  hangsUpExtensions?: true;
  /** The one call where the vendor can (`vendorCallId`), else all of the extension. */
  hangUp?(
    call: { extension: string | null; vendorCallId: string | null },
    account: DriverAccount,
    io: DriverIo,
  ): Promise<DriverAnswer<{ endsAllOfExtension: boolean }>>;
  /** @param extension  null for all, where the vendor can list those */
  listCalls?(
    extension: string | null,
    account: DriverAccount,
    io: DriverIo,
  ): Promise<DriverAnswer<{ calls: PbxLiveCall[] }>>;
  listQueues?(account: DriverAccount, io: DriverIo): Promise<DriverAnswer<{ queues: PbxQueue[] }>>;
  listExtensions?(
    account: DriverAccount,
    io: DriverIo,
  ): Promise<DriverAnswer<{ extensions: PbxExtension[] }>>;
  setAgentState?(
    agent: {
      code: string | null;
      extension: string | null;
      queue: string | null;
      standing: AgentStanding;
      status: number;
    },
    account: DriverAccount,
    io: DriverIo,
  ): Promise<DriverAnswer<object>>;
  extensionState?(
    extension: string,
    account: DriverAccount,
    io: DriverIo,
  ): Promise<
    DriverAnswer<{ state: 'free' | 'ringing' | 'busy' | 'unavailable'; vendorCallId: string | null }>
  >;
  record?(
    call: { extension: string | null; vendorCallId: string | null },
    state: 'on' | 'off' | 'mute' | 'unmute',
    account: DriverAccount,
    io: DriverIo,
  ): Promise<DriverAnswer<object>>;
  transfer?(
    call: { vendorCallId: string; extension: string | null; to: string },
    account: DriverAccount,
    io: DriverIo,
  ): Promise<DriverAnswer<object>>;
  /** `absent`: the PBX's history has no such call. */
  findCall?(
    wanted: WantedCall,
    account: DriverAccount,
    io: DriverIo,
  ): Promise<DriverAnswer<{ call: PbxPastCall | null }>>;
  /** Its channel of what goes on, where the vendor has one. */
  feed?: PbxFeed;
}
