/**
 * What the folder of a kind of source must offer: who has a number, as one server says. It keeps no state; what it needs of the
 * world comes in through one argument. When it is asked, how often, and what is remembered is the popup worker's.
 */
import type { EndpointAccess, EndpointId, Exchange, FoundContact, Instant, RateLimit } from '#domain';
import type { HttpSender, TokenSources } from '#platform';

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

/** An endpoint that a source asks through, its credentials opened. */
export interface SourceEndpoint {
  id: EndpointId;
  url: string;
  format: string;
  formatSettings: unknown;
  access: EndpointAccess;
  /** The same, sealed: a token that was fetched for another one counts no more. */
  sealedAccess: string | null;
  /** Grows whenever people change the endpoint's grants. */
  grantEpoch: number;
}

/** A source as it is set up, its secrets opened. */
export interface SourceSetup {
  /** Of a server of the tenant's own; else empty, as all that goes with it. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Signs the questions; null for none. */
  secret: string | null;
  timeoutMs: number;
  /** Null where it asks a server of its own. */
  endpoint: SourceEndpoint | null;
}

export interface SourceIo extends TokenSources {
  send: HttpSender['send'];
  now: () => Instant;
  newMessageId: () => string;
  /** Aborted when we stop. */
  signal?: AbortSignal;
}

/**
 * Why a source said nothing of use. `status`: it answered with a failure. `unreadable`: what it answered is no answer.
 * `throttled`: it wants to be left alone for a while. `aborted`: we are shutting down, so it is not its fault.
 */
export type SourceFailure =
  Extract<Exchange, { kind: 'failed' }>['cause'] | 'status' | 'unreadable' | 'throttled' | 'aborted';

export type Finding =
  | {
      ok: true;
      /** Empty for nobody. */
      contacts: FoundContact[];
      /** How many more it named that do not have the number, or cannot be read. */
      ignored: number;
    }
  /** `reason`: one sentence for the tenant, without secrets. `waitMs`: for so long it wants to be left alone. */
  | { ok: false; cause: SourceFailure; reason: string; waitMs?: number };

/** What was sent and what came back, for the tenant to look at. */
export interface SourceExchange {
  finding: Finding;
  /** Of several the last one; null where nothing was sent. */
  request: { method: string; url: string; headers: Record<string, string>; body: string | null } | null;
  /** Null where nothing came. */
  reply: { status: number; body: string } | null;
  /** What nobody may be shown of it: values of these headers, by name in lower case, and these texts. */
  hides: { headers: readonly string[]; texts: readonly string[] };
}

export interface SourceKind {
  name: string;
  /** One sentence for whoever chooses among them. */
  about: string;
  /** Whom it asks: a server by its own URL, or a CRM through an endpoint. */
  asks: 'server' | 'endpoint';
  /** It is asked no faster than this. Left out: as fast as phones ring. */
  rateOf?(setup: SourceSetup): RateLimit | undefined;
  /** Within `setup.timeoutMs`. Never rejects for anything that the server does. */
  findContacts(question: ContactQuestion, setup: SourceSetup, io: SourceIo): Promise<SourceExchange>;
}
