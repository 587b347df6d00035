/**
 * What a PBX vendor's folder must offer. A dialect is pure: bytes and settings in, values out; no clock, no I/O.
 */
import type { IvrAnswer, IvrQuestion, LegReport, PopupAnswer, PopupQuestion } from '#domain';

/** One inbound webhook as the dialect sees it. Header names are lower case. */
export interface InboundRequest {
  method: string;
  /** The route below the ingress URL that it came by, e.g. `cdr`. */
  route: string;
  /** The raw query string without `?`, a character a byte; empty when there is none. */
  query: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
  /** Where the PBX is, ISO 3166-1 alpha-2: texts that say nothing of their encoding are in that country's. */
  country?: string;
}

/** `query`: everything is in the URL. `xml`: XML that is not XML-RPC. */
export type WireFormat = 'json' | 'form' | 'xmlrpc' | 'query' | 'xml';

/** Something that the PBX wants to be told in the reply. */
export type Question = PopupQuestion | IvrQuestion;
export type Answer = PopupAnswer | IvrAnswer;

/**
 * An element of a list that cannot be read, while others can. It is kept as if it had come alone, so that it can be tried
 * again: `body` is that element in the format of the request.
 */
export interface ElementProblem {
  reason: string;
  contentType: string;
  body: Uint8Array;
}

/**
 * What the request says and asks, or why it cannot be read. `format` is the caller's own, so that the answer can be in
 * kind. There may be a question without a report, where the PBX does not say which call it is about.
 */
export type Reading =
  | {
      ok: true;
      format: WireFormat;
      /** Of the calls that there are reports of, each once. */
      vendorCallIds: readonly string[];
      /**
       * Read when it is first looked at: whoever only keeps the message does not pay for it. A spread of the reading looks
       * at it.
       */
      readonly reports: readonly LegReport[];
      question?: Question;
      /**
       * Why it is kept as what cannot be read, although it can be answered: it asks of a caller, and of which call is not
       * clear. Then there are no reports.
       */
      unreadable?: string;
      /** Of a list; absent means none. The same for the same bytes, so whoever kept them before need not again. */
      problems?: readonly ElementProblem[];
    }
  | { ok: false; format: WireFormat; reason: string };

/** What became of a request, in words that each dialect renders in its own way. */
export type Verdict =
  /** `answer` is there when there was a question, and of its kind. */
  | { kind: 'accepted'; answer?: Answer }
  | { kind: 'unreadable'; reason: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'unavailable' };

/** Whom a reply is for. */
export interface ReplyTo {
  route: string;
  format: WireFormat;
  settings: DialectSettings;
  /** What was asked: one vendor may ask in several ways, each with replies of its own. */
  question?: Question;
}

export interface Reply {
  contentType: string;
  body: string;
}

/** Vendor-specific switches of one connection, already validated. */
export type DialectSettings = Readonly<Record<string, unknown>>;

export interface Dialect {
  name: string;
  /** Routes below the ingress URL that this dialect serves. */
  routes: readonly string[];
  /** What epochs mean unless the connection says otherwise. */
  defaultEpochs: 'utc' | 'local';
  defaultTimeZone: string;
  defaultCountry: string;
  /**
   * The PBX tells of each leg while it happens and never accounts for the whole call, so nothing is gained by waiting for
   * that. Absent where a CDR or another last word follows.
   */
  sendsNoCdr?: true;
  read(request: InboundRequest, settings: DialectSettings): Reading;
  /** The format the caller speaks, judged without reading everything: for answers given before or without `read`. */
  sniff(request: Pick<InboundRequest, 'headers' | 'body'>): WireFormat;
  reply(verdict: Verdict, to: ReplyTo): Reply;
  /** For vendors that ask what a caller hears next: how a tenant's own server is asked the same. */
  ivr?: IvrProtocol;
  guide: DialectGuide;
}

/** The vendor's own protocol, spoken to a server that was written for the vendor. */
export interface IvrProtocol {
  /** What to POST. */
  ask(question: IvrQuestion, format: 'json' | 'xmlrpc'): Reply;
  /** `reason` says in a sentence what is wrong with the reply, for whoever runs the server. Never throws. */
  readAnswer(
    reply: { contentType: string | undefined; body: Uint8Array },
    question: IvrQuestion,
  ): { ok: true; answer: IvrAnswer } | { ok: false; reason: string };
}

/** How a person who sets the PBX up makes it speak to us: sentences of ours, to be shown as they are. */
export interface DialectGuide {
  title: string;
  /** In the order in which they are done. */
  steps: readonly string[];
  /** Each of the dialect's routes once, the one to begin with first. */
  routes: readonly GuideRoute[];
  /** Switches of a connection that this dialect understands beside those that all do. */
  settings?: readonly GuideSetting[];
}

export interface GuideSetting {
  name: string;
  /** What it changes. */
  what: string;
  /** All the values that it may have. */
  values: readonly string[];
  /** The one that holds when it is not set. */
  byDefault: string;
}

export interface GuideRoute {
  route: string;
  /** What the PBX tells by it. */
  what: string;
  /** The method to choose where the PBX asks for one. */
  method: 'GET' | 'POST';
}
