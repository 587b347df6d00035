/** A mapping that is known to be well-formed, prepared so that reading a message needs no looking at how it was written. */
import type { Direction } from '#domain';
import type { DialectGuide, GuideRoute } from '../dialect.js';
import type { Encoding, Hash, Step } from './mapping.js';

/** `item`: what is being read, mostly the message; `message`: the whole of it. */
export type PathRoot = 'item' | 'message' | 'query' | 'header' | 'form' | 'route' | 'method' | 'body' | 'url';

export interface ReadyPath {
  root: PathRoot;
  names: readonly string[];
  /** As it was written. */
  written: string;
}

export interface ReadyCondition {
  at: ReadyPath;
  /** Lower case, trimmed. */
  is: ReadonlySet<string> | null;
  not: ReadonlySet<string> | null;
  there: boolean | null;
  above: number | null;
  startsWith: string | null;
}

/** By the vendor's word in lower case; a text, or one for each direction. */
export type ReadyWords = ReadonlyMap<string, string | Readonly<Partial<Record<Direction, string>>>>;

export interface ReadyChoice {
  /** Empty where there is `is` or `join`. */
  at: readonly ReadyPath[];
  is: string | null;
  join: readonly ReadySource[] | null;
  with: string;
  if: readonly ReadyCondition[];
  take: readonly Step[];
  words: ReadyWords | null;
  otherwise: string | null;
}
export type ReadySource = readonly ReadyChoice[];

export interface ReadyTime {
  at: readonly ReadyPath[];
  /** Null: in any unmistakable way. */
  format: TimePattern | null;
  zone: string | null;
  none: ReadonlySet<string>;
  if: readonly ReadyCondition[];
}

export interface TimePattern {
  like: RegExp;
  /** What each group of it is. */
  parts: readonly TimePart[];
}
export type TimePart = 'YYYY' | 'MM' | 'DD' | 'HH' | 'hh' | 'mm' | 'ss' | 'SSS' | 'A' | 'MMM';

export interface ReadyLength {
  at: readonly ReadyPath[];
  unit: 's' | 'ms' | 'us' | 'min';
  if: readonly ReadyCondition[];
}

export interface NamedSource {
  code: ReadySource | null;
  name: ReadySource | null;
}

export interface ReadyShape {
  name: string;
  when: readonly ReadyCondition[];
  quiet: boolean;
  each: ReadyPath | null;
  skip: readonly ReadyCondition[];
  phase: ReadySource;
  call: ReadySource;
  leg: ReadySource;
  direction: ReadySource;
  status: ReadySource;
  type: ReadySource;
  /** Null: by the status, or by whether anybody talked. */
  result: ReadySource | null;
  from: ReadySource;
  to: ReadySource;
  ours: ReadySource;
  theirs: ReadySource;
  did: ReadySource;
  extension: ReadySource;
  agent: NamedSource;
  queue: NamedSource;
  department: NamedSource;
  startedAt: readonly ReadyTime[];
  answeredAt: readonly ReadyTime[];
  endedAt: readonly ReadyTime[];
  toldAt: readonly ReadyTime[];
  ringSeconds: readonly ReadyLength[];
  queueSeconds: readonly ReadyLength[];
  talkSeconds: readonly ReadyLength[];
  menuSeconds: readonly ReadyLength[];
  totalSeconds: readonly ReadyLength[];
  recordings: ReadySource;
  price: { amount: ReadySource; currency: ReadySource } | null;
  transferOf: ReadySource;
  /** A path to an object of it, or names of ours. */
  custom: ReadyPath | readonly (readonly [name: string, source: ReadySource])[];
  ai: ReadyPath | null;
  reply: ReadyReply | null;
}

/** A place in a template. */
export type TemplatePart =
  | { kind: 'text'; text: string }
  | { kind: 'word'; word: string }
  | { kind: 'secret'; name: string }
  | { kind: 'path'; path: ReadyPath };
export type ReadyTemplate = readonly TemplatePart[];

export interface ReadyReply {
  status: number | null;
  contentType: string;
  body: ReadyTemplate;
  headers: readonly (readonly [name: string, value: ReadyTemplate])[];
}

export interface ReadyStamp {
  at: ReadyPath;
  unit: 's' | 'ms';
  maxAgeSeconds: number;
}

interface SignatureScope {
  secrets: readonly string[];
  /** Null: all. */
  routes: ReadonlySet<string> | null;
}

export type ReadySignature = SignatureScope &
  (
    | { kind: 'token'; at: ReadyPath; prefix: string }
    | { kind: 'basic' }
    | {
        kind: 'hmac';
        hash: Hash;
        encoding: Encoding;
        at: ReadyPath;
        prefix: string;
        of: ReadyTemplate;
        secretIs: 'text' | Encoding;
        timestamp: ReadyStamp | null;
      }
    | { kind: 'twilio'; at: ReadyPath }
    | {
        kind: 'hash';
        hash: Hash | 'md5';
        encoding: Encoding;
        at: ReadyPath;
        of: ReadyTemplate;
        timestamp: ReadyStamp | null;
      }
    | {
        kind: 'publicKey';
        algorithm: 'ed25519' | 'rsa-sha256';
        encoding: Encoding;
        at: ReadyPath;
        of: ReadyTemplate;
        timestamp: ReadyStamp | null;
      }
  );

export interface ReadyHandshake {
  name: string;
  when: readonly ReadyCondition[];
  hmac: { hash: Hash; encoding: Encoding; of: ReadyPath; secret: string } | null;
  reply: ReadyReply;
}

export interface ReadyTrial {
  route: string;
  query: ReadyTemplate | null;
  contentType: string;
  body: ReadyTemplate;
}

export interface ReadyReplies {
  accepted: ReadyReply | null;
  unreadable: ReadyReply | null;
  refused: ReadyReply | null;
  unavailable: ReadyReply | null;
}

export interface ReadyMapping {
  title: string;
  about: string | null;
  guide: DialectGuide;
  routes: readonly GuideRoute[];
  defaults: { timeZone: string | null; country: string | null; epochs: 'utc' | 'local' | null };
  accounts: boolean;
  everyLeg: boolean;
  signature: ReadySignature | null;
  handshakes: readonly ReadyHandshake[];
  replies: ReadyReplies;
  shapes: readonly ReadyShape[];
}
