import {
  AppError,
  clockReading,
  id,
  instant,
  learn,
  readHealth,
  type ConnectionHealth,
  type ConnectionId,
} from '#domain';
import { dialectNamed, type Dialect } from '#dialects';
import type { DueReceipt, Enrichment, EnrichmentContext, EnrichmentStore, KnownCall, ReceiptMark } from '#db';
import type { Clock, Log, Metrics } from '#platform';
import type { Lease, Leaving, Ringer, Slice } from '#queues';
import type { LinkTo, NewIds } from './call-drafts.js';
import { failedMark, planEnrichment } from './plan-enrichment.js';
import { planSettling } from './plan-settling.js';
import { readReceipts } from './read-receipts.js';
import { webhookFacts } from './webhook-facts.js';

/** Receipts read and written at once: large enough to pay for the statements, small enough to stay in the time slice. */
const BATCH = 200;

export interface DrainConnectionParts {
  store: Pick<EnrichmentStore, 'context' | 'due' | 'callsOf' | 'settling' | 'write' | 'postpone' | 'putAway'>;
  ringer: Pick<Ringer, 'ring'>;
  metrics: Pick<Metrics, 'receipts'>;
  log: Log;
  clock: Pick<Clock, 'now'>;
  ids: NewIds;
  linkTo: LinkTo;
}

/** What the drain of one connection works with and on. */
interface Drain {
  context: EnrichmentContext;
  fence: string;
  slice: Slice;
  /** Grows with every batch that was written; left with the lease, so that it costs no statement of its own. */
  health: ConnectionHealth;
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
    const known = readHealth(lease.memo);
    const drain: Drain = { context, fence: lease.fence, slice, health: known };
    const leaving = await this.empty(drain, first);
    return drain.health === known ? leaving : { ...leaving, memo: { health: drain.health } };
  }

  private async empty(drain: Drain, first: DueReceipt[]): Promise<Leaving> {
    const { context, slice } = drain;
    let receipts = first;
    while (receipts.length > 0) {
      const kept = await this.handle(receipts, drain);
      if (!kept) return { more: false };
      // Fewer than asked for means that there were no more; whoever brings the next one rings.
      if (receipts.length < BATCH && receipts.every((receipt) => receipt.tries === 0)) break;
      if (slice.over) return { more: true };
      receipts = await this.parts.store.due(context.connectionId, BATCH);
    }
    // Only now: what a call waits for may have been among the receipts.
    return context.settling ? this.settle(drain) : { more: false };
  }

  /** Closes the calls that were waited for long enough. */
  private async settle(drain: Drain): Promise<Leaving> {
    const { connectionId } = drain.context;
    for (;;) {
      const calls = await this.parts.store.settling(connectionId, BATCH);
      if (calls.length === 0) return { more: false };
      if (!(await this.close(calls, drain))) return { more: false };
      this.parts.log.debug({ connectionId, calls: calls.length }, 'calls.settled');
      if (calls.length < BATCH) return { more: false };
      if (drain.slice.over) return { more: true };
    }
  }

  /** @returns false when the lease was lost */
  private async close(calls: readonly KnownCall[], drain: Drain): Promise<boolean> {
    const { context, fence } = drain;
    try {
      const now = instant(this.parts.clock.now());
      const { ids, linkTo } = this.parts;
      return await this.commit(planSettling({ context, fence, calls, now, ids, linkTo }));
    } catch (error) {
      if (error instanceof AppError && error.fault === 'unavailable') throw error;
      const halves = inHalves(calls);
      if (halves) return (await this.close(halves[0], drain)) && this.close(halves[1], drain);
      const [{ call }] = calls as [KnownCall];
      this.parts.log.error(
        { connectionId: context.connectionId, callId: call.id, err: error },
        'settle.failed',
      );
      // Else the sweeper would ask for it every second for ever.
      await this.parts.store.postpone(context.connectionId, fence, call.id);
      return true;
    }
  }

  /** @returns false when the lease was lost */
  private async handle(receipts: DueReceipt[], drain: Drain): Promise<boolean> {
    const startedAt = performance.now();
    // Those that failed before are tried alone, so that they fail alone.
    const alone = receipts.filter((receipt) => receipt.tries > 0);
    const together = receipts.filter((receipt) => receipt.tries === 0);
    const groups = [...(together.length > 0 ? [together] : []), ...alone.map((receipt) => [receipt])];
    for (const group of groups) {
      if (!(await this.write(group, drain))) return false;
    }
    this.parts.log.debug(
      {
        connectionId: drain.context.connectionId,
        receipts: receipts.length,
        ms: performance.now() - startedAt,
      },
      'receipts.enriched',
    );
    return true;
  }

  /** @returns false when the lease was lost */
  private async write(receipts: readonly DueReceipt[], drain: Drain): Promise<boolean> {
    const { context, fence } = drain;
    const dialect = theDialect(context.dialect);
    try {
      const read = readReceipts(receipts, context, dialect);
      const told = read.flatMap((entry) =>
        entry.ok === true ? entry.legs.map((leg) => leg.vendorCallId) : [],
      );
      const known = await this.parts.store.callsOf(context.connectionId, [...new Set(told)]);
      const { ids, linkTo } = this.parts;
      const kept = await this.commit(planEnrichment({ context, fence, read, known, ids, linkTo }));
      if (kept) drain.health = learn(drain.health, read.flatMap(webhookFacts), clockReading(context));
      return kept;
    } catch (error) {
      if (error instanceof AppError && error.fault === 'unavailable') throw error;
      this.parts.log.error(
        { connectionId: context.connectionId, receipts: receipts.length, err: error },
        'enrich.failed',
      );
      // Of several nobody knows which one it was, so it costs none of them a try: each half is tried, down to the one.
      const halves = inHalves(receipts);
      if (halves) return (await this.write(halves[0], drain)) && this.write(halves[1], drain);
      const [{ id: receiptId, tries }] = receipts as [DueReceipt];
      return this.mark(failedMark(receiptId, tries, reasonOf(error)), drain);
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

  /** The database refused the letter, or our code threw. @returns false when the lease was lost */
  private mark(mark: ReceiptMark, { context, fence }: Drain): Promise<boolean> {
    const { tenantId, connectionId } = context;
    return this.parts.store.write({
      tenantId,
      connectionId,
      fence,
      receipts: [mark],
      calls: [],
      events: [],
      deliveries: [],
    });
  }
}

function theDialect(name: string): Dialect {
  const dialect = dialectNamed(name);
  if (dialect) return dialect;
  throw new AppError('misconfigured', 'pbx.unknown_dialect', `There is no dialect "${name}".`);
}

/** Undefined for one alone. */
function inHalves<T>(items: readonly T[]): [T[], T[]] | undefined {
  const middle = items.length >> 1;
  return middle === 0 ? undefined : [items.slice(0, middle), items.slice(middle)];
}

/** For the tenant's eyes: a database's own message may quote values. */
function reasonOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string'
    ? `it could not be stored (${code})`
    : 'our code failed on it; it is logged';
}
