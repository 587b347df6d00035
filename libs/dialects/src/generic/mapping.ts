/**
 * A dialect as data: how the messages of one PBX are read, checked and answered (docs/generic-dialect.md). What is written here is
 * JSON that people write; `readMapping` finds what is wrong with it and prepares it.
 */
import type { Direction, LegPhase } from '#domain';

export interface Mapping {
  /** The vendor's name, as people know it. */
  title: string;
  /** What it was checked against, and what it leaves out: shown to whoever chooses it. */
  about?: string;
  /** How the PBX is set up: sentences, in the order in which it is done. */
  guide: readonly string[];
  /** Ends of the URL that messages come to, the one to begin with first. */
  routes: readonly MappingRoute[];
  /** What a connection has unless it says otherwise. */
  defaults?: { timeZone?: string; country?: string; epochs?: 'utc' | 'local' };
  /** The PBX accounts for a whole call when it is over (a CDR), after it told of its legs. Default false. */
  accounts?: boolean;
  /** The PBX tells of every leg from its beginning to its end, in order: without one that goes on a call is over. Default false. */
  everyLeg?: boolean;
  /** Absent: whoever knows the URL is believed. */
  signature?: SignatureRule;
  /** Questions by which a vendor tries the URL; the first that fits is answered, and nothing is kept. */
  handshakes?: readonly HandshakeRule[];
  /** Absent: 200 (401 for what is refused, 503 for what comes at a bad time), without a word. */
  replies?: { accepted?: ReplyRule; unreadable?: ReplyRule; refused?: ReplyRule; unavailable?: ReplyRule };
  /** Tables of words that several shapes share, by name. */
  words?: Readonly<Record<string, WordTable>>;
  /** Kinds of messages; the first that fits counts. A message that fits none cannot be read. */
  shapes: readonly Shape[];
  /** A message of a call that has just ended, to try a connection with. */
  trial?: TrialRule;
}

export interface MappingRoute {
  /** Lower-case letters, digits and dashes. */
  name: string;
  /** What comes there. */
  what: string;
  /** Default POST. */
  method?: 'GET' | 'POST';
}

/**
 * Where a value stands in a message: names parted by dots, such as `data.payload.from`. A list on the way is gone through entry by
 * entry, unless the next name is the place of one; a star goes through all members. A dot that belongs to a name is written `\.`.
 * A text that holds JSON is entered as if it were no text. `""` is the message itself.
 *
 * In front of it may stand `^.` (the whole message, where `each` made one of its entries the message), `@query.`, `@header.` (lower
 * case), `@form.` (a field of the body as it came, unopened), or all of it is `@route`, `@method`, `@body` or `@url`.
 */
export type Path = string;

/** The first of several that is there and not empty. */
export type Source = Path | Choice | readonly (Path | Choice)[];

export interface Choice {
  /** One of `at`, `is` and `join`. */
  at?: Path | readonly Path[];
  /** Always this. */
  is?: string;
  /** All of them together: a call id where the vendor has none. Nothing where one of them is. */
  join?: readonly Source[];
  /** Between those that are joined. Default `-`. */
  with?: string;
  /** Only where all of these hold. */
  if?: readonly Condition[];
  /** Done to the text one after the other. */
  take?: readonly Step[];
  /** Of a word of the vendor's one of ours; the table, or the name of one in `words`. What is not in it is nothing. */
  words?: string | WordTable;
  /** What counts where the table has no such word. */
  otherwise?: string;
}

/** Compared without regard to case and blanks around. The value of `result` may depend on the direction. */
export type WordTable = Readonly<Record<string, string | Readonly<Partial<Record<Direction, string>>>>>;

export const STEPS = [
  'trim',
  'lower',
  /** Nothing but digits. */
  'digits',
  /** `%2B1555` is `+1555`. */
  'urlDecoded',
  'base64Decoded',
  /** `sip:101@pbx.example;tag=1` is `101`; `tel:+1555` is `+1555`. */
  'sipUser',
  /** `"Ann" <101>` is `101`. */
  'numberIn',
  /** `"Ann" <101>` is `Ann`. */
  'nameIn',
  /** A plus in front of digits that have none: a vendor who leaves it away. */
  'plus',
  /** Nothing where it is no web address. */
  'webAddress',
] as const;
export type Step =
  | (typeof STEPS)[number]
  /** Without this in front or behind, where it is there. */
  | { withoutPrefix: string }
  | { withoutSuffix: string }
  /** What stands before or after the first of these; all of it where there is none. */
  | { before: string }
  | { after: string }
  /** With this in front, where anything is left. */
  | { prefix: string };

export interface Condition {
  at: Path;
  /** One of these, without regard to case. */
  is?: readonly string[];
  /** None of these. */
  not?: readonly string[];
  /** Whether there is anything. */
  there?: boolean;
  /** A number greater than this. */
  above?: number;
  startsWith?: string;
}

/** A time in the message. */
export interface TimeRule {
  at: Path | readonly Path[];
  /**
   * `auto` (default): seconds, milli- or microseconds since 1970 by their size, or written out in any unmistakable way. Else a
   * pattern of `YYYY MM DD HH mm ss SSS hh A MMM` and marks, for what can be mistaken: `DD/MM/YYYY HH:mm:ss`.
   */
  format?: string;
  /** Of what says no offset: IANA. Absent: the connection's. */
  zone?: string;
  /** Words for no time beside the usual ones, such as `0001-01-01T00:00:00`. */
  none?: readonly string[];
  if?: readonly Condition[];
}
export type Time = Path | TimeRule | readonly (Path | TimeRule)[];

/** A length of time. */
export interface LengthRule {
  at: Path | readonly Path[];
  /** Default `s`, which reads `mm:ss` and the like as well. */
  unit?: 's' | 'ms' | 'us' | 'min';
  if?: readonly Condition[];
}
export type Length = Path | LengthRule | readonly (Path | LengthRule)[];

/** One kind of message. */
export interface Shape {
  /** For people. */
  name: string;
  /** All of these have to hold. Absent: it fits every message. */
  when?: readonly Condition[];
  /** It tells nothing of any call: it is kept, answered, and that is all. */
  quiet?: boolean;
  /** The list whose entries are legs or calls, each read by itself. */
  each?: Path;
  /** Entries of `each` that are left out: all of these hold. */
  skip?: readonly Condition[];
  /** What became of the leg; a choice of one of `ringing`, `answered`, `ended`, `noted`. An entry without any is left out. */
  phase?: LegPhase | Choice | readonly Choice[];
  /** The vendor's id of the call, the same for all its legs. */
  call?: Source;
  /** Which leg. Absent: the message is of the call as a whole. */
  leg?: Source;
  /** A choice of `inbound`, `outbound`, `internal`. */
  direction?: Source;
  /** The vendor's words for what became of it, and for what kind of call it is. */
  status?: Source;
  type?: Source;
  /** A choice of our results. Absent: by `status`, as Asterisk spells it; else answered if anybody talked. */
  result?: Source;
  from?: Source;
  to?: Source;
  /** Both ends by whose they are, for vendors who tell it so: the direction says who called. */
  ours?: Source;
  theirs?: Source;
  did?: Source;
  extension?: Source;
  agent?: { code?: Source; name?: Source };
  queue?: { id?: Source; name?: Source };
  department?: { id?: Source; name?: Source };
  startedAt?: Time;
  answeredAt?: Time;
  endedAt?: Time;
  /** When the PBX sent it. */
  toldAt?: Time;
  ringSeconds?: Length;
  queueSeconds?: Length;
  talkSeconds?: Length;
  menuSeconds?: Length;
  /** From the start to the end: what of it was not talk was ringing. */
  totalSeconds?: Length;
  /** Addresses, in whatever they come. */
  recordings?: Source;
  price?: { amount: Source; currency: Source };
  /** The call that was transferred into this one. */
  transferOf?: Source;
  /** Data of the tenant's own: under names of ours, or all members of what stands at a path. */
  custom?: Path | Readonly<Record<string, Source>>;
  /** Transcripts, summaries and the like, kept as they came. */
  ai?: Path;
  /** Told to the PBX in the place of `replies.accepted`. */
  reply?: ReplyRule;
}

/**
 * Text with places in it: `{{ path }}`. In a reply also `{{ url }}` (the address that the message came to), `{{ reason }}`; in an
 * answer to a handshake `{{ hmac }}`; in what is signed `{{ body }}`, `{{ timestamp }}`, `{{ url }}`, `{{ secret }}` or
 * `{{ secret.name }}`. What goes into JSON or XML is escaped as that wants it.
 */
export type Template = string;

export interface ReplyRule {
  status?: number;
  /** Plain text, JSON or XML. */
  contentType?: string;
  body?: Template;
  headers?: Readonly<Record<string, Template>>;
}

export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';
export type Encoding = 'hex' | 'base64';

/** When the message was signed; one that is too old, or of the future, is refused. */
export interface StampRule {
  at: Path;
  unit?: 's' | 'ms';
  /** Default 300. */
  maxAgeSeconds?: number;
}

/**
 * By what a message is known to be the PBX's. Secrets and public keys are kept with the connection, sealed, by name (`secret`
 * unless told otherwise), several at once while they are changed.
 */
export type SignatureRule =
  /** The secret itself. */
  (
    | { kind: 'token'; at: Path; prefix?: string }
    /** Name and password of HTTP; the secret is `name:password`. */
    | { kind: 'basic' }
    /** Default of `of`: the body. */
    | {
        kind: 'hmac';
        hash: Hash;
        encoding: Encoding;
        at: Path;
        prefix?: string;
        of?: Template;
        /** What the secret is written in. Default `text`. */
        secretIs?: 'text' | Encoding;
        timestamp?: StampRule;
      }
    /** The URL with the form's fields sorted behind it, or with the hash of another body in it. */
    | { kind: 'twilio'; at?: Path }
    /** A hash over a text that the secret is a part of. */
    | { kind: 'hash'; hash: Hash | 'md5'; encoding: Encoding; at: Path; of: Template; timestamp?: StampRule }
    /** The secret is a public key: 32 bytes for Ed25519, PEM for both. */
    | {
        kind: 'publicKey';
        algorithm: 'ed25519' | 'rsa-sha256';
        encoding: Encoding;
        at: Path;
        of?: Template;
        timestamp?: StampRule;
      }
  ) & {
    /** Names of the secrets that it needs. Default `["secret"]`. */
    secrets?: readonly string[];
    /** Routes that it is asked of. Default all. */
    routes?: readonly string[];
  };

export interface HandshakeRule {
  name: string;
  when: readonly Condition[];
  /** A proof that we know the secret. Such a question has to be signed itself, where there is a signature rule. */
  hmac?: { hash: Hash; encoding: Encoding; of: Path; secret?: string };
  reply: ReplyRule;
}

/** Places: `id`, `startedSeconds`, `startedMs`, `startedIso`, `endedSeconds`, `endedMs`, `endedIso`, `talkSeconds`. */
export interface TrialRule {
  route: string;
  /** In the place of a body, for what comes by GET. */
  query?: Template;
  contentType?: string;
  body?: Template;
}
