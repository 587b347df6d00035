/**
 * What a PBX vendor's folder must offer. A dialect is pure: bytes and settings in, values out; no clock, no I/O.
 */
import type { DocumentProblem, IvrAnswer, IvrQuestion, LegReport, PopupAnswer, PopupQuestion } from '#domain';

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
  /** The request itself, for dialects whose words depend on it (`forSettings`). */
  asked?: InboundRequest & Pick<SignedRequest, 'addresses'>;
}

export interface Reply {
  contentType: string;
  body: string;
  /** Absent: the caller's own of what became of the request. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
}

/** A reply that stands for itself. */
export type FullReply = Required<Reply>;

/** A request as it came, nothing masked: for checking whose it is, never to be kept. */
export interface SignedRequest extends InboundRequest {
  /** URLs that it may have been sent to, as proxies change them; the likeliest first. */
  addresses: readonly string[];
  /** Epoch ms. */
  receivedAt: number;
}

/** Secrets and public keys of a connection by name, several of one while it is changed, the newest first. */
export type Secrets = Readonly<Record<string, readonly string[]>>;

/**
 * Whether a message is the PBX's own. `checked`: by its signature; otherwise `why` says in a sentence what there was to go by. `reason` says
 * what is wrong with it, without anything of the secret.
 */
export type Verification =
  | { ok: true; checked: true }
  | { ok: true; checked: false; why: string }
  | { ok: false; status: 401 | 403; reason: string };

/** What of a message is kept and may hold the sender's secret. */
export interface KeptParts {
  query: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
  surplus?: Uint8Array | null | undefined;
}

/** What of a message a proof of its sender is over, beside its body as long as it was announced. */
export interface ProofCover {
  url: boolean;
  /** What came after the announced length. */
  surplus: boolean;
}

/** What of a dialect may depend on the connection. */
export type DialectParts = Partial<
  Pick<
    Dialect,
    | 'routes'
    | 'guide'
    | 'sendsNoCdr'
    | 'tellsEveryLeg'
    | 'outOfOrder'
    | 'defaultTimeZone'
    | 'defaultCountry'
    | 'defaultEpochs'
  >
>;

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
  /**
   * The PBX tells of every leg of a call, the caller's included, from its beginning to its end and in order: without a leg that
   * goes on a call is over.
   */
  tellsEveryLeg?: true;
  /** Why nothing that comes can be judged or read: what a connection is told of its own faults. It is asked to be sent again. */
  outOfOrder?: string;
  read(request: InboundRequest, settings: DialectSettings): Reading;
  /** The format the caller speaks, judged without reading everything: for answers given before or without `read`. */
  sniff(request: Pick<InboundRequest, 'headers' | 'body'>): WireFormat;
  reply(verdict: Verdict, to: ReplyTo): Reply;
  /** What of it is another for a connection with these settings; see `dialectFor`. */
  forSettings?(settings: DialectSettings): DialectParts;
  /** What is wrong with settings of a connection; absent where there is nothing to be wrong. */
  settingProblems?(settings: DialectSettings): readonly DocumentProblem[];
  /** Absent: whoever knows the URL is believed. Never throws. */
  verify?(request: SignedRequest, settings: DialectSettings, secrets: Secrets): Verification;
  /** What of a message is known for the sender's own where `verify` checked it; absent: all. What is not is not read in its place. */
  proofCovers?(settings: DialectSettings): ProofCover;
  /** A message as it is kept, without a secret that it told, for dialects whose messages may. Never throws. */
  hideToldSecret?(kept: KeptParts, settings: DialectSettings, secrets: Secrets): KeptParts;
  /** The answer to a question by which the vendor tries the URL, of which nothing is kept; undefined for any other message. */
  handshake?(request: SignedRequest, settings: DialectSettings, secrets: Secrets): FullReply | undefined;
  /** For vendors that ask what a caller hears next: how a tenant's own server is asked the same. */
  ivr?: IvrProtocol;
  /** For PBXs that open a WebSocket to us, by which they tell and are asked. A connection of such a dialect is of kind `socket`. */
  socket?: SocketProtocol;
  guide: DialectGuide;
}

/** What is told and asked through a WebSocket that the PBX opens. Pure, as everything here. */
export interface SocketProtocol {
  /**
   * Of the dialect's routes those where the PBX dials `wss://host/in/{token}/{dialect}/{route}`. It may keep a WebSocket open at each,
   * its lines, and tells the same on each of them. A POST there is an ordinary webhook.
   */
  lines: readonly [string] | readonly [string, string];
  /** A message without what says by which line it was told: the same text for each. Never throws. Absent where there is one line. */
  withoutLine?: (message: string) => string;
  /** Of RFC 6455: the PBX offers it, we accept it. */
  subprotocol: string;
  /** What a message is. Everything that is no answer is kept as a receipt, readable or not. Never throws. */
  sort(message: string): SortedMessage;
  /** A request of ours as a message for the same socket. @param request  `id` comes back with the answer */
  ask(request: SocketRequest & { id: string }): string;
  /** Asked first on each new socket, to find what was missed while none was open. */
  whatGoesOn: SocketRequest;
  /**
   * Of its answer: each part that goes on, with the message that is kept as if the PBX had told it. Undefined where it
   * cannot be read. @param at  when we asked, epoch ms
   */
  readWhatGoesOn(body: string, at: number): readonly PartThatGoesOn[] | undefined;
  /**
   * The message that is kept for a part that was known and is gone, though its end was never told.
   * @param at  when it ended, epoch ms; of a guess, when it was last known to go on
   */
  writeGone(part: SocketPart, end: { at: number; isGuess: boolean }): string;
  /** Asked once on each new socket, in this order: subscriptions and the like. Often nothing. */
  greet: readonly SocketRequest[];
  /**
   * What is asked of the PBX at once after it told this message, quiet ones included; its answer matters to nobody. By the newest
   * socket alone, when the message is kept. It must not harm where it is asked again.
   */
  reflex?: (message: string) => readonly SocketRequest[];
}

/** A part of a call that has its own life at the PBX: a channel. `callId` names the call it is of. */
export interface SocketPart {
  part: string;
  callId: string;
}

export interface PartThatGoesOn extends SocketPart {
  message: string;
}

/**
 * - `answer`: to a request of ours.
 * - `event`: `at` is the PBX's own time of it, epoch ms. `part` is what it is about, and whether that goes on after it. `quiet`:
 *   it tells nothing of any call and need not be kept; only of kinds that are known for that.
 */
export type SortedMessage =
  | { kind: 'answer'; id: string; status: number; body: string }
  | {
      kind: 'event';
      at: number | null;
      quiet: boolean;
      part: (SocketPart & { goesOn: boolean }) | null;
    };

/** A request to the PBX's own REST API. `path` is below its root, e.g. `channels/1.2/play`. `body` is sent as JSON. */
export interface SocketRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
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
  /** What is written into files of the PBX, in the order of the steps. Absent: nothing is. */
  files?: readonly GuideFile[];
  /** What differs where the PBX reaches us without TLS (`ws:`). Absent: nothing does. */
  withoutTls?: { steps: readonly string[]; files: readonly GuideFile[] };
  /** A message as the PBX would send it of a call that has just ended, to try a connection with before the PBX is set up. */
  trial: (call: TrialCall) => TrialMessage;
}

/** `{password}` in its text is another one each time that it is shown: where the PBX wants one that nothing asks for. */
export interface GuideFile {
  /** Its path at the PBX, or what people call it. */
  name: string;
  /** Lines to add. `{url}` stands for the connection's first URL: `wss:` where the PBX opens a WebSocket. */
  text: string;
}

/** The call that a trial tells of. */
export interface TrialCall {
  /** The vendor's id of it: another one each time. */
  id: string;
  /** When it began, as this PBX prints times. */
  startedEpochSeconds: number;
  /** It was answered at once. */
  talkSeconds: number;
}

/** What to send: a query to add to the URL, or a body to POST. */
export type TrialMessage = { route: string } & (
  { method: 'GET'; query: string } | { method: 'POST'; contentType: string; body: string }
);

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
