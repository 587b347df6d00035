/** What a lease is had under. */
export interface LeaseTerms {
  owner: string;
  /** How long it lasts unless renewed. */
  leaseMs: number;
}

/** A mailbox that was free and is ours now, with what its drain begins with. */
export interface ClaimedMailbox {
  id: string;
  fence: string;
  memo: unknown;
  epoch: number;
  /** A promise where something had to be read again. */
  first?: unknown;
}

/** What a look came to. */
export interface FoundMailboxes {
  claimed: ClaimedMailbox[];
  /** What was found, where that is more than there are places for; then nothing of it was claimed. */
  others: string[];
}

/** Takes mailboxes of a kind and reads what their drains begin with. */
export interface MailboxClaim {
  claim(ids: readonly string[], terms: LeaseTerms): Promise<ClaimedMailbox[]>;
  /** Takes those with something new in them, if they are not more than so many. */
  look?(places: number, terms: LeaseTerms): Promise<FoundMailboxes>;
}

/** What is left in a mailbox whose lease a write gives back, should it be written. */
export interface GivenBack {
  /** Of the lease. */
  epoch: number;
  /** Undefined for what is there. */
  memo: unknown;
}

/** What came of a write under a lease. */
export interface Written {
  /** False when the lease was lost, and nothing was written. */
  kept: boolean;
  /** Whether the mailbox, if it was given back, was rung while it was held. */
  rung: boolean;
}
