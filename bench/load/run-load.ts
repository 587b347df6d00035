import { CdrRequests } from './cdr-requests.js';
import type { LoadOrder, LoadOutcome, LoadProgress } from './load-contract.js';
import { runMessages } from './run-messages.js';

/** Sends one order's CDRs. */
export function runLoad(order: LoadOrder, progress: (state: LoadProgress) => void): Promise<LoadOutcome> {
  const { urls, prefix, xmlShare } = order;
  return runMessages(order, new CdrRequests({ urls, prefix, xmlShare, now: Date.now() }), progress);
}
