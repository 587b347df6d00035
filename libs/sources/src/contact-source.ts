/**
 * What the folder of a kind of source must offer: who has a number, as one server says. It keeps no state; what it needs of the
 * world comes in through one argument. When it is asked, how often, and what is remembered is the popup worker's.
 */
import type { Exchange, FoundContact, Instant } from '#domain';
import type { HttpSender } from '#platform';

/** Who is asked for, and what is known of the call. */
export interface ContactQuestion {
  e164: string;
  /** ISO 3166-1 alpha-2: numbers in the answer without a country code are of this one. */
  country: string;
  /** The PBX's id of the call. */
  callId: string | null;
  did: string | null;
  extension: string | null;
}

/** A source as it is set up, its secrets opened. */
export interface SourceSetup {
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Signs the questions; null for none. */
  secret: string | null;
  timeoutMs: number;
}

export interface SourceIo {
  send: HttpSender['send'];
  now: () => Instant;
  newMessageId: () => string;
  /** Aborted when we stop. */
  signal?: AbortSignal;
}

/**
 * Why a source said nothing of use. `status`: it answered with a failure. `unreadable`: what it answered is no answer.
 * `aborted`: we are shutting down, so it is not its fault.
 */
export type SourceFailure =
  Extract<Exchange, { kind: 'failed' }>['cause'] | 'status' | 'unreadable' | 'aborted';

export type Finding =
  | {
      ok: true;
      /** Empty for nobody. */
      contacts: FoundContact[];
      /** How many more it named that do not have the number, or cannot be read. */
      ignored: number;
    }
  /** `reason`: one sentence for the tenant, without secrets. */
  | { ok: false; cause: SourceFailure; reason: string };

/** What was sent and what came back, for the tenant to look at. */
export interface SourceExchange {
  finding: Finding;
  request: { method: string; url: string; headers: Record<string, string>; body: string };
  /** Null where nothing came. */
  reply: { status: number; body: string } | null;
}

export interface SourceKind {
  name: string;
  /** One sentence for whoever chooses among them. */
  about: string;
  /** Within `setup.timeoutMs`. Never rejects for anything that the server does. */
  findContacts(question: ContactQuestion, setup: SourceSetup, io: SourceIo): Promise<SourceExchange>;
}
