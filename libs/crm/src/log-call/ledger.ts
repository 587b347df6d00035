/** What is kept of our records in a tenant's CRM. Each write is committed when it resolves, under the mailbox's lease. */
import type { EnrichedCall, Instant } from '#domain';
import type { CrmContact, CrmRecord, WrittenEntry } from '../connector.js';
import type { Served } from '../policy/entry-of.js';

/** Where a record is that was not put where people said, for its CRM moves none. */
export interface Stands {
  contact: CrmContact | null;
  /** It is a second one of its call, with a mark of its own; see `markerOf`. Null: it is the first one. */
  anewFor: string | null;
}

/** A second record of a call, which the CRM was asked to make. */
export interface LoggedAnew {
  askedAt: Instant;
  /** As it was written last. */
  wrote: WrittenEntry;
}

export interface KeptLog {
  /**
   * `writing`: the CRM was about to be asked for it, and how that ended is not known. `written`: it is there.
   */
  state: 'writing' | 'written';
  /** When the CRM was asked for it last: from then on its search may be behind. */
  askedAt: Instant;
  record: CrmRecord | null;
  /** Whose it is said to be. */
  contact: CrmContact | null;
  /** As it was written last; null before. */
  wrote: WrittenEntry | null;
  /** Of the event that was written last: older ones change nothing. */
  sequence: number;
  /** The task about it. Empty: the CRM was asked for it, and how that ended is not known. Null: there is none. */
  taskId: string | null;
  /** It was logged on nobody, or was about to be, for people to choose; also when they have by now. */
  undecided: boolean;
  /** Where it is in the CRM. Null: on `contact`, as its call's only record. */
  stands: Stands | null;
  /** Second records of the call, by id of the contact on which they are, or may be. */
  anew: Readonly<Record<string, LoggedAnew>>;
}

export interface KeptContact {
  /** `writing`: the CRM was about to be asked to make it. */
  state: 'writing' | 'written';
  /** When the CRM was asked last to make it. */
  askedAt: Instant;
  contact: CrmContact | null;
  /** People said so: no search changes it. */
  chosen: boolean;
}

export interface KeptOfCall {
  log: KeptLog | null;
  /** Whom the number was last seen to be; null: never seen, or forgotten. */
  contact: KeptContact | null;
}

/** A lease that is somebody else's now: nothing was written, and nothing may be. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Of one call of one endpoint. All writes throw `LeaseLost` when they come too late, and `AppError` when the database is away. */
export interface CrmLedger {
  /** @param number  null for a caller without one; here and below the form of it that stands for all (`numberKey`) */
  read(number: string | null): Promise<KeptOfCall>;
  /**
   * Before the CRM is asked to make the record.
   *
   * @param contact  on whom: an answer that gets lost is looked for there
   * @param candidates  people have to choose among these; null: nobody has to
   */
  beginLog(contact: CrmContact | null, candidates: readonly CrmContact[] | null): Promise<void>;
  /** The CRM said clearly that it did not make it. */
  forgetLog(): Promise<void>;
  keepLog(kept: {
    record: CrmRecord;
    contact: CrmContact | null;
    wrote: WrittenEntry;
    sequence: number;
    stands: Stands | null;
    anew: KeptLog['anew'];
  }): Promise<void>;
  /** Before the CRM is asked to log a call anew; what is kept else stays. */
  beginAnew(anew: KeptLog['anew']): Promise<void>;
  /**
   * Before the CRM is asked to make the task: its id is kept as empty, whether the call is logged or not.
   *
   * @param contact  on whom, where the call is not logged; else the log says it
   */
  beginTask(contact: CrmContact | null): Promise<void>;
  keepTask(taskId: string): Promise<void>;
  /** The CRM said clearly that it did not make it. */
  forgetTask(): Promise<void>;
  /** Before the CRM is asked to make a contact. */
  beginContact(number: string): Promise<void>;
  keepContact(number: string, contact: CrmContact): Promise<void>;
  /** The CRM said clearly that it did not make it. What people said stays. */
  forgetContact(number: string): Promise<void>;
  /** They seem to be gone: looked for again, as after a lost answer. What people said stays. */
  doubtContact(number: string): Promise<void>;
  /** The call as it is known by now, for whoever waited. */
  callNow(): Promise<EnrichedCall | null>;
  /** Who spoke last with the number, of those who are known. @param e164  the number itself */
  lastServed(e164: string): Promise<Served | null>;
}
