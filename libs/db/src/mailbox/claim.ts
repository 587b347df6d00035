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
  first?: unknown;
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
