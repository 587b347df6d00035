import type { Enrichment, EnrichmentContext, KnownCalls, ReceiptMark } from '#db';
import { CallDrafts, type LinkTo, type Matches, type NewIds } from './call-drafts.js';
import type { ReadReceipt } from './read-receipts.js';

/** A letter that makes its handler throw is tried this often, then set aside (design: architecture, "Failure"). */
export const MOST_TRIES = 3;

export interface PlanInput {
  context: EnrichmentContext;
  fence: string;
  read: readonly ReadReceipt[];
  known: KnownCalls;
  matches: Matches;
  ids: NewIds;
  linkTo: LinkTo;
  /** Whether somebody listens to what happens to the tenant's calls; absent means nobody. */
  live?: boolean;
}

/**
 * Decides what a batch of receipts changes: the records of their calls, the events that follow, and who is owed them.
 * Receipts are taken in the order given; a replay or a duplicate changes nothing. Pure but for the ids.
 */
export function planEnrichment(input: PlanInput): Enrichment {
  const { context, fence, read, known, matches, ids, linkTo, live = false } = input;
  const drafts = new CallDrafts(context, known, { ids, linkTo }, matches);
  const receipts: ReceiptMark[] = [];
  for (const entry of read) {
    if (entry.ok === true && entry.said) {
      const reason = drafts.say(entry.said, entry.receipt);
      receipts.push(markOf(reason === undefined ? entry : { receipt: entry.receipt, ok: false, reason }));
      continue;
    }
    receipts.push(markOf(entry));
    if (entry.ok !== true) continue;
    const { receipt } = entry;
    for (const vendorCallId of new Set(entry.legs.map((leg) => leg.vendorCallId))) {
      const legs = entry.legs.filter((leg) => leg.vendorCallId === vendorCallId).map(({ leg }) => leg);
      drafts.fold({ vendorCallId, legs, receipt });
    }
  }
  const { tenantId, connectionId } = context;
  return { tenantId, connectionId, fence, receipts, ...drafts.written(live) };
}

function markOf(entry: ReadReceipt): ReceiptMark {
  const { id, tries } = entry.receipt;
  if (entry.ok === true) return { id, state: 'done', reason: null, tries };
  if (entry.ok === false) return { id, state: 'unparsed', reason: entry.reason, tries };
  return failedMark(id, tries, entry.reason);
}

/** After a throw: due again, or set aside with the reason when it has been tried often enough. */
export function failedMark(id: ReceiptMark['id'], triesBefore: number, reason: string): ReceiptMark {
  const tries = triesBefore + 1;
  return { id, state: tries >= MOST_TRIES ? 'set_aside' : 'due', reason, tries };
}
