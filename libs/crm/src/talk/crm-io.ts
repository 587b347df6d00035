/** What a connector has of the world: one way to ask its CRM, and the time. */
import type { Instant, Outcome } from '#domain';

/** One request. Credentials are not the connector's business: they are added where it is sent. */
export interface CrmRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind the CRM's base URL, with a slash in front; or a complete URL. */
  path: string;
  /** Added to the path; members that are null or undefined are left out. */
  query?: Readonly<Record<string, string | number | null | undefined>>;
  /** By name in lower case. */
  headers?: Readonly<Record<string, string>>;
  /** The body, one of these at most. */
  json?: unknown;
  form?: Readonly<Record<string, string>>;
  /**
   * Where in `json` the endpoint's secret goes, of APIs that want it there and not in a header; the place holds null until it is
   * sent. Whoever sends it keeps the request as it was without.
   */
  secretAt?: readonly (string | number)[];
  /**
   * It makes something, so an answer that got lost leaves open whether it was made. Left out: asking again does no harm.
   */
  makes?: boolean;
}

/** An answer with a 2xx that the connector's `judge` had nothing against. */
export interface CrmReply {
  status: number;
  /** By name in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The body as JSON; undefined for what is none. */
  json: unknown;
}

export interface CrmIo {
  /** ISO 3166-1 alpha-2: numbers that a CRM keeps without a country code are of this one. */
  readonly country: string;
  now(): Instant;
  /** @throws CrmFault for everything else than a good answer */
  ask(request: CrmRequest): Promise<CrmReply>;
}

/**
 * What an answer means where HTTP does not say it.
 *
 * - `good`: a success, whatever its status
 * - `duplicate`: the record is there already; `id` is its id where the CRM tells it. `sure`: it has our key or the number itself,
 *   and is not only somebody of the same name
 * - `gone`: the record that was asked for is deleted or merged away; of a request that makes one, the contact that it is about
 * - `refused`: it does not take it; `reason` in its words. `final`: it never will
 * - `bad number`: it does not take the phone number, and would take the rest
 * - `throttled`: it asks us to slow down, for `waitMs` where it says how long
 * - `unauthorised`: it does not take our credentials
 * - `unreachable`: it is ill; later it may not be
 */
export type CrmVerdict =
  | { kind: 'good' }
  | { kind: 'duplicate'; id: string | null; reason: string; sure?: boolean }
  | { kind: 'gone'; reason: string }
  | { kind: 'refused'; reason: string; final?: boolean }
  | { kind: 'bad number'; reason: string }
  | { kind: 'throttled'; waitMs: number | null; reason: string }
  | { kind: 'unauthorised'; reason: string }
  | { kind: 'unreachable'; reason: string };

export type FaultKind = Exclude<CrmVerdict['kind'], 'good'> | 'aborted';

/**
 * A question that did not get a good answer. Connectors let it pass, but for what they know how to mend; whoever called them
 * makes it the outcome of the try.
 */
export class CrmFault extends Error {
  override readonly name = 'CrmFault';

  constructor(
    readonly kind: FaultKind,
    /** A sentence for the tenant, without secrets. */
    readonly reason: string,
    readonly more: {
      /** What was asked for may have been made all the same. */
      unclear: boolean;
      /** Of a duplicate: the id of what is there. */
      id?: string | null;
      /** Of a duplicate: it is the one that we meant. */
      sure?: boolean;
      /** What the try comes to; undefined when we ended it ourselves. */
      outcome?: Outcome;
    },
  ) {
    super(reason);
  }
}

/** A good answer in which what was asked for is not to be found: half an answer, or another API behind the URL. */
export function unreadable(what: string): CrmFault {
  const reason = `The CRM's answer holds no ${what}.`;
  return new CrmFault('unreachable', reason, {
    unclear: true,
    outcome: { class: 'unreachable', note: reason },
  });
}
