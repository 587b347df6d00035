/**
 * The typed contract of every job. A job is a ring at the doors of mailboxes: it carries their ids and nothing else.
 * Letters (receipts, deliveries) are rows in PostgreSQL; losing a job loses at most a second.
 */
export const MAILBOX_KINDS = [
  'connection',
  'endpoint',
  'replay',
  'import',
  'erasure',
  'order',
  'campaign',
  'feed',
] as const;
export type MailboxKind = (typeof MAILBOX_KINDS)[number];

/** Queue that a mailbox kind's rings travel through. */
export const QUEUE_OF_MAILBOX: Record<MailboxKind, string> = {
  connection: 'enrich',
  endpoint: 'forward',
  replay: 'replay',
  import: 'import',
  erasure: 'erasure',
  order: 'order',
  campaign: 'campaign',
  feed: 'feed',
};

/** Kinds whose workers look for work by themselves while it is steady: then they are rung seldom. */
export const LOOKED_FOR: ReadonlySet<MailboxKind> = new Set(['connection', 'endpoint']);

export interface Ring {
  /** Each once, and few enough that one worker can answer all of them; see `MOST_DOORS`. None where it only says to look. */
  mailboxes: readonly string[];
  /** More are to come, and are seldom rung for: whoever hears this looks for them. Never of kinds that are not looked for. */
  isSteady?: boolean;
}

/** Queue that questions to sources of contacts travel through; its events carry the word back that they are answered. */
export const POPUP_QUEUE = 'popup';

/** Nobody waits for longer: then whoever asked is told that he need not, and what comes later is kept for the call. */
export const LONGEST_WAIT_MS = 1_500;

/** Asks the tenant's sources of contacts who has a number. The answer is a row in PostgreSQL, and so is what is known of the sources. */
export interface PopupQuestionJob {
  /** Told back when whoever waits need not wait any longer. */
  id: string;
  tenantId: string;
  e164: string;
  /** ISO 3166-1 alpha-2 of the connection. */
  country: string;
  callId: string | null;
  did: string | null;
  extension: string | null;
  /** Set where no PBX waits: the connection whose call is told when a source has the number. */
  connectionId?: string;
}

export interface PopupAsk {
  /** Those that came together. The job is done when all are answered: of a worker that dies another one takes them over. */
  questions: PopupQuestionJob[];
  /** Milliseconds since 1970. */
  askedAt: number;
}

/** Mailboxes of one ring. What one worker has taken, no other one can take from it. */
export const MOST_DOORS = 200;

/**
 * Rings without a queue: all workers that listen hear them at once, and nothing is kept for the others. Implemented on PostgreSQL by
 * the db library.
 */
export interface RingCalls {
  call(kind: MailboxKind, ring: Ring): Promise<void>;
  hear(kind: MailboxKind, hearing: RingHearing): void;
}

export interface RingHearing {
  called: (ring: Ring) => void;
  /** It listens, for the first time or again: what was called before was not heard. */
  listening: () => void;
}

/** A time-limited right to drain one mailbox. Every write under it carries the fence. */
export interface Lease {
  kind: MailboxKind;
  id: string;
  /** Grows with each lease of this mailbox; a write with an old one changes nothing. */
  fence: string;
  /** What the last drain left for this one. */
  memo: unknown;
  /** Grows when somebody starts the mailbox afresh: what a drain of before that remembers is dropped. */
  epoch: number;
  /** What was read together with the lease, or the promise of it; the kind's drain knows its shape. */
  first?: unknown;
}

/** What a drain leaves behind when it gives its lease back. */
export interface Leaving {
  /** There was still work when the time slice ended: it goes on when the others have had theirs. */
  more: boolean;
  /** Epoch milliseconds before which nobody need look again. */
  notBefore?: number;
  memo?: unknown;
  /** Set when the lease was given back with the last write of the drain. `rung`: whether it was rung meanwhile. */
  givenBack?: { rung: boolean };
}

/** Where leases are kept. Implemented on PostgreSQL by the db library. */
export interface LeaseBook {
  /** @returns leases of those that are to be had: nobody else holds them, and they do not wait */
  take(kind: MailboxKind, ids: readonly string[]): Promise<Lease[]>;
  /**
   * Takes those with something new in them, of a kind that is looked for.
   *
   * @param places  how many may be taken; of more than that none is, and `others` are all that were found
   */
  look(kind: MailboxKind, places: number): Promise<{ leases: Lease[]; others: string[] }>;
  /** @returns the ids whose lease was lost */
  renew(leases: readonly Lease[]): Promise<string[]>;
  /** @returns whether letters came that the drain did not see: whoever rang for them found the mailbox taken */
  release(lease: Lease, leaving: Leaving): Promise<boolean>;
}
