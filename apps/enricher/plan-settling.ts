import type { Instant } from '#domain';
import type { Enrichment, EnrichmentContext, KnownCall } from '#db';
import { CallDrafts, type LinkTo, type NewIds } from './call-drafts.js';

export interface SettlingInput {
  context: EnrichmentContext;
  fence: string;
  /** Calls that were waited for long enough, by the database's clock. */
  calls: readonly KnownCall[];
  now: Instant;
  ids: NewIds;
  linkTo: LinkTo;
  /** Whether somebody listens to what happens to the tenant's calls; absent means nobody. */
  live?: boolean;
}

/** Decides what is told of calls of which nothing more came in time. Pure but for the ids. */
export function planSettling({
  context,
  fence,
  calls,
  now,
  ids,
  linkTo,
  live = false,
}: SettlingInput): Enrichment {
  const drafts = new CallDrafts(context, { calls: new Map(), contexts: new Map() }, { ids, linkTo });
  for (const known of calls) drafts.close(known, now);
  const { tenantId, connectionId } = context;
  return { tenantId, connectionId, fence, receipts: [], ...drafts.written(live) };
}
