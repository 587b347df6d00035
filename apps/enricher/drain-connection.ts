import { AppError, id, instant, type ConnectionId } from '#domain';
import { dialectNamed } from '#dialects';
import type { DueReceipt, Enrichment, EnrichmentContext, EnrichmentStore, ReceiptMark } from '#db';
import type { Clock, Log, Metrics } from '#platform';
import type { Lease, Leaving, Ringer, Slice } from '#queues';
import type { LinkTo, NewIds } from './call-drafts.js';
import { failedMark, planEnrichment } from './plan-enrichment.js';
import { planSettling } from './plan-settling.js';
import { readReceipts } from './read-receipts.js';

/** Receipts read and written at once: large enough to pay for the statements, small enough to stay in the time slice. */
const BATCH = 200;

export interface DrainConnectionParts {
  store: Pick<EnrichmentStore, 'context' | 'due' | 'callsOf' | 'settling' | 'write' | 'putAway'>;
  ringer: Pick<Ringer, 'ring'>;
  metrics: Pick<Metrics, 'receipts'>;
  log: Log;
  clock: Pick<Clock, 'now'>;
  ids: NewIds;
  linkTo: LinkTo;
}

/** Empties one connection's mailbox: receipts become calls, events and deliveries; calls that nothing more came of are closed. */
export class DrainConnection {
  constructor(private readonly parts: DrainConnectionParts) {}

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const connectionId = id<ConnectionId>(lease.id);
    // Read once a drain: a drain is short, and a change of settings counts from the next ring.
    const [context, first] = await Promise.all([
      this.parts.store.context(connectionId),
      this.parts.store.due(connectionId, BATCH),
    ]);
    if (!context) {
      await this.parts.store.putAway(connectionId, lease.fence, 'connection deleted');
      return { more: false };
    }
    let receipts = first;
    while (receipts.length > 0) {
      const kept = await this.handle(receipts, context, lease.fence);
      if (!kept) return { more: false };
      // Fewer than asked for means that there were no more; whoever brings the next one rings.
      if (receipts.length < BATCH && receipts.every((receipt) => receipt.tries === 0)) break;
      if (slice.over) return { more: true };
      receipts = await this.parts.store.due(connectionId, BATCH);
    }
    // Only now: what a call waits for may have been among the receipts.
    return context.settling ? this.settle(context, lease.fence, slice) : { more: false };
  }

  /** Closes the calls that were waited for long enough. */
  private async settle(context: EnrichmentContext, fence: string, slice: Slice): Promise<Leaving> {
    for (;;) {
      const calls = await this.parts.store.settling(context.connectionId, BATCH);
      if (calls.length === 0) return { more: false };
      const now = instant(this.parts.clock.now());
      const { ids, linkTo } = this.parts;
      const plan = planSettling({ context, fence, calls, now, ids, linkTo });
      if (!(await this.commit(plan))) return { more: false };
      this.parts.log.debug({ connectionId: context.connectionId, calls: calls.length }, 'calls.settled');
      if (calls.length < BATCH) return { more: false };
      if (slice.over) return { more: true };
    }
  }

  /** @returns false when the lease was lost */
  private async handle(receipts: DueReceipt[], context: EnrichmentContext, fence: string): Promise<boolean> {
    const startedAt = performance.now();
    // Those that failed before are tried alone, so that they fail alone.
    const alone = receipts.filter((receipt) => receipt.tries > 0);
    const together = receipts.filter((receipt) => receipt.tries === 0);
    const groups = [...(together.length > 0 ? [together] : []), ...alone.map((receipt) => [receipt])];
    for (const group of groups) {
      if (!(await this.write(group, context, fence))) return false;
    }
    this.parts.log.debug(
      { connectionId: context.connectionId, receipts: receipts.length, ms: performance.now() - startedAt },
      'receipts.enriched',
    );
    return true;
  }

  private async write(receipts: DueReceipt[], context: EnrichmentContext, fence: string): Promise<boolean> {
    const dialect = dialectNamed(context.dialect);
    if (!dialect) {
      throw new AppError('misconfigured', 'pbx.unknown_dialect', `There is no dialect "${context.dialect}".`);
    }
    try {
      const read = readReceipts(receipts, context, dialect);
      const told = read.flatMap((entry) =>
        entry.ok === true ? entry.legs.map((leg) => leg.vendorCallId) : [],
      );
      const known = await this.parts.store.callsOf(context.connectionId, [...new Set(told)]);
      const { ids, linkTo } = this.parts;
      const plan = planEnrichment({ context, fence, read, known, ids, linkTo });
      return await this.commit(plan);
    } catch (error) {
      if (error instanceof AppError && error.fault === 'unavailable') throw error;
      return this.writeFailed(receipts, context, { fence, error });
    }
  }

  /** @returns false when the lease was lost */
  private async commit(plan: Enrichment): Promise<boolean> {
    if (!(await this.parts.store.write(plan))) return false;
    this.count(plan.receipts);
    this.parts.ringer.ring(
      'endpoint',
      plan.deliveries.filter(({ heldReason }) => heldReason === null).map(({ endpointId }) => endpointId),
    );
    return true;
  }

  private count(receipts: readonly ReceiptMark[]): void {
    const byOutcome = new Map<string, number>();
    for (const { state } of receipts) byOutcome.set(state, (byOutcome.get(state) ?? 0) + 1);
    for (const [outcome, count] of byOutcome) this.parts.metrics.receipts.inc({ outcome }, count);
  }

  /** The database refused the batch, or our code threw: mark each as tried, so that the next time each is tried alone. */
  private async writeFailed(
    receipts: DueReceipt[],
    context: EnrichmentContext,
    { fence, error }: { fence: string; error: unknown },
  ): Promise<boolean> {
    const reason = reasonOf(error);
    this.parts.log.error(
      { connectionId: context.connectionId, receipts: receipts.length, err: error },
      'enrich.failed',
    );
    // Of several nobody knows which one it was: it costs none of them a try.
    const marks = receipts.map(({ id: receiptId, tries }) =>
      receipts.length === 1
        ? failedMark(receiptId, tries, reason)
        : { ...failedMark(receiptId, 0, reason), tries: 1 },
    );
    return this.parts.store.write({
      tenantId: context.tenantId,
      connectionId: context.connectionId,
      fence,
      receipts: marks,
      calls: [],
      events: [],
      deliveries: [],
    });
  }
}

/** For the tenant's eyes: a database's own message may quote values. */
function reasonOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string'
    ? `it could not be stored (${code})`
    : 'our code failed on it; it is logged';
}
