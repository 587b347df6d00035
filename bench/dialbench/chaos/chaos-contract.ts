/** What the bench and the simulated PBXs of B7 say to each other. */

/** How a PBX of each tenant misbehaves: shares of its calls, and of the calls whose end it tells. */
export interface Mischief {
  /** The call is placed, and whoever ordered it is never answered. */
  timeOut: number;
  /** The order is lost before the PBX has it. */
  lostOrder: number;
  /** No webhook tells of the call. */
  lostWebhook: number;
  duplicated: number;
  reordered: number;
}

export interface PbxPlan {
  /** Where each PBX sends its CDRs; one PBX for each. */
  ingressUrls: readonly string[];
  mischief: Mischief;
  seed: number;
}

export interface OpenedPbx {
  url: string;
  code: string;
}

/** A call that the PBX placed. Times are epoch milliseconds. */
export interface PlacedCall {
  tenant: number;
  /** Digits with the country code, no plus. */
  number: string;
  /** Our correlator. */
  attempt: string;
  startedAt: number;
  endedAt: number;
}

export interface PbxCall {
  id: string;
  agent: string;
  number: string;
  attempt: string;
  startedAt: number;
  endedAt: number;
  status: 'ANSWER' | 'BUSY' | 'NOANSWER';
}
