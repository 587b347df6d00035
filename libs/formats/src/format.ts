/**
 * What a format's folder must offer. A format is pure: an event and settings in, requests out; no clock, no I/O. Signing,
 * sending and retrying are the forwarder's.
 */
import type { CallEntry, Connector, Crm, LoggingPolicy } from '#crm';
import type { EnrichedCall, Instant, Problem, RateLimit, RefusalVerdict, ReplyVerdict } from '#domain';

/** An event as it is owed to an endpoint. */
export interface ToldEvent {
  id: string;
  type: string;
  /** 1, 2, ... within its call; 0 for an event that no call made. */
  sequence: number;
  occurredAt: Instant;
  /** JSON text of the event's data. */
  payload: string;
  /** What its receiver took of the same call before; only for writers that build upon it. Left out: nothing. */
  before?: ToldBefore;
}

/**
 * What one endpoint took of one call so far, by its deliveries. The event's `sequence` does not say that: filters, formats
 * without a message for an event, pauses and refusals keep events from an endpoint that had numbers all the same.
 */
export interface ToldBefore {
  /** Types of the events that were taken whole. */
  events: readonly string[];
  /** Keys of the messages that were taken of others. */
  messages: readonly string[];
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request. A body's text is what is signed and what is sent, byte for byte. */
export interface HttpMessage {
  /** Names it among the messages of its event, and stays the same from try to try; no comma in it. */
  key: string;
  method: Method;
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

/** One e-mail to one address. It is not signed, and who sends it is the forwarder's business. */
export interface MailMessage {
  key: string;
  method: 'MAIL';
  /** `mailto:` and the address. */
  url: string;
  /** `subject`, of one line. */
  headers: Readonly<Record<string, string>>;
  /** Plain text. */
  body: string;
}

export type OutgoingMessage = HttpMessage | MailMessage;

/**
 * What an event comes to. Of several messages the ones that were taken are not sent again; of dependent ones none is sent
 * before the one in front of it was taken.
 */
export type Writing =
  | { kind: 'messages'; messages: readonly OutgoingMessage[]; independent: boolean }
  /** A record in a CRM: which requests it takes depends on what the CRM answers. */
  | { kind: 'entry'; call: EnrichedCall; entry: CallEntry }
  /** `reason` goes on from "The format has": a few words for the tenant, such as "no message for call.updated". */
  | { kind: 'nothing'; reason: string };

/** Header names are lower case. */
export interface GivenReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** A format with an endpoint's settings in it. */
export interface Writer {
  /** The settings with everything filled in that was left out: what is to be stored. */
  settings: Record<string, unknown>;
  /** Where requests may go beside the endpoint's own URL. Placeholders in them stand for harmless text. */
  urls: readonly { path: string; url: string }[];
  /**
   * Headers that the settings themselves set, by name in lower case, with the texts that are written out in their values:
   * people put keys there, so the delivery log shows neither the values nor the texts.
   */
  ownHeaders?: Readonly<Record<string, readonly string[]>>;
  /** Of a connector: what its CRM is talked to with. */
  crm?: { connector: Connector; crm: Crm; policy: LoggingPolicy };
  /** Deliveries go no faster than this, whatever the endpoint's own limit says. */
  limit?: RateLimit;
  /**
   * @param url  the endpoint's own
   * @param apiUrl  where people reach the API; null where the operator did not say
   */
  write(event: ToldEvent, url: string, apiUrl?: string | null): Writing;
  /** Whether the messages of an event depend on what the receiver took before: then `write` is given `before`. */
  buildsUpon?(event: ToldEvent): boolean;
  /**
   * @param reply  with status 2xx
   * @param key  of the message that was answered
   */
  readReply(reply: GivenReply, key: string): ReplyVerdict;
  /** Of a reply with another status; undefined where the status says all. Left out: it always does. */
  readRefusal?(reply: GivenReply, key: string): RefusalVerdict | undefined;
}

export type Prepared = { ok: true; writer: Writer } | { ok: false; problems: readonly Problem[] };

export interface Format {
  name: string;
  title: string;
  /** One sentence for whoever chooses among the formats. */
  about: string;
  /** How its messages travel; left out: as HTTP requests. `crm`: by a conversation with a CRM. */
  carrier?: 'mail' | 'crm';
  /** @param settings  as they came; undefined and null are no settings */
  prepare(settings: unknown): Prepared;
  /**
   * Settings that take the place of others of this format, with what must outlive those although nobody sends it. Absent
   * where there is nothing like that.
   */
  inPlaceOf?(given: unknown, before: Readonly<Record<string, unknown>>): unknown;
}
