/**
 * What a vendor's folder offers so that software which was written for the vendor's request API can be served by us. A facade is
 * pure: it reads what was asked, and writes what came of it as the vendor would. Who asks, and whether they may, is the edge's.
 */
import type { Ask, AskFailure, AskResult } from '#domain';

/** A request as the facade sees it. Header names are lower case. */
export interface AskedRequest {
  method: string;
  /** The path below the host, as it came, decoded once; without query and trailing slash. */
  path: string;
  /** The raw query string without `?`. */
  query: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
}

/** Who says they are asking. Values are secrets: they are looked up by their hash, and never shown. */
export type Presented =
  /** A code, an organisation's token, or a bearer token. */
  | { kind: 'code'; code: string }
  | { kind: 'login'; user: string; password: string; organisation: string | null }
  /** A client of OAuth. */
  | { kind: 'client'; id: string; secret: string }
  | { kind: 'bearer'; token: string }
  /**
   * A campaign's code, which is enough for whatever concerns that campaign. A `code` beside it must be of the same tenant.
   * `others`: of a bulk the first few other campaigns that it names; whichever is there says whose request it is.
   */
  | { kind: 'campaign'; campaign: string; code: string | null; others: readonly string[] }
  | { kind: 'none' };

/** Of the connection, and of the credential where it says otherwise. */
export interface FacadeSettings {
  /** IANA. */
  timeZone: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** What epochs that we write, and read, mean. */
  epochs: 'utc' | 'local';
  /** Keys of the call log in lower case, as some accounts of the vendor have them. */
  callLogKeys?: 'asked' | 'lower';
}

/** How they asked, as far as the answer depends on it; opaque to all but the facade that made it. */
export type Manner = Readonly<Record<string, unknown>>;

export interface FacadeReading {
  route: string;
  presented: Presented;
  manner: Manner;
  /** What is wrong with the request is a failure, told only to those who may ask. */
  ask: { ok: true; ask: Ask } | { ok: false; failure: AskFailure };
}

export interface FacadeReply {
  status: number;
  contentType: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
}

export interface FacadeRoute {
  name: string;
  /** Of the whole path, in lower case, without a trailing slash; `*` stands for one segment. */
  paths: readonly string[];
  methods: readonly string[];
  /** It dials, hangs up or changes something: never cacheable, and not for a page of somebody else's. */
  changes: boolean;
  /** How long a body may be; absent: as long as everywhere. For whoever serves it to honour. */
  mostBytes?: number;
}

export interface Facade {
  /** The dialect's name. */
  name: string;
  routes: readonly FacadeRoute[];
  /** Never throws. Settings may not be known yet: who asks is read first, with `settings` null, then all of it. */
  read(request: AskedRequest, route: string, settings: FacadeSettings | null): FacadeReading;
  write(
    result: AskResult,
    reading: Pick<FacadeReading, 'route' | 'manner'>,
    settings: FacadeSettings | null,
  ): FacadeReply;
}
