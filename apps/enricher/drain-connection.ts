import {
  AppError,
  clockReading,
  isToBeAsked,
  matchContact,
  id,
  instant,
  learn,
  readHealth,
  type ConnectionHealth,
  type ConnectionId,
} from '#domain';
import { dialectNamed, type Dialect } from '#dialects';
import type {
  ContactLookup,
  DueReceipt,
  Written,
  Enrichment,
  EnrichmentContext,
  EnrichmentStore,
  FirstOfConnection,
  KnownCall,
  KnownCalls,
  Lateness,
  LiveBell,
  ReceiptMark,
} from '#db';
import type { Clock, Log, Metrics } from '#platform';
import type { Lease, Leaving, PopupAsker, Ringer, Slice } from '#queues';
import type { LinkTo, Matches, NewIds } from './call-drafts.js';
import { numbersToMatch, type RunningCall } from './numbers-to-match.js';
import { failedMark, planEnrichment } from './plan-enrichment.js';
import { planSettling } from './plan-settling.js';
import { readReceipts, type ReadReceipt } from './read-receipts.js';
import { webhookFacts } from './webhook-facts.js';

/** Receipts read and written at once: large enough to pay for the statements, small enough to stay in the time slice. */
const BATCH = 200;

export interface DrainConnectionParts {
  store: Pick<EnrichmentStore, 'due' | 'callsOf' | 'settling' | 'write' | 'postpone' | 'putAway'>;
  contacts: Pick<ContactLookup, 'find'>;
  /** Has the tenant's sources of contacts asked. */
  asker: Pick<PopupAsker, 'ask'>;
  ringer: Pick<Ringer, 'ring'>;
  /** Rung when there is something new for those who listen. */
  liveBell: Pick<LiveBell, 'ring' | 'ringDeliveries'>;
  metrics: Pick<Metrics, 'receipts'>;
  log: Log;
  clock: Pick<Clock, 'now'>;
  lateness: Pick<Lateness, 'note'>;
  ids: NewIds;
  linkTo: LinkTo;
}

/** What the drain of one connection works with and on. */
interface Drain {
  context: EnrichmentContext;
  lease: Lease;
  slice: Slice;
  /** What was read with the lease, until something is written. */
  first: FirstOfConnection | undefined;
  /** Whether somebody listens to what happens to the tenant's calls. */
  live: boolean;
  /** Whether there are calls to be closed. */
  settling: boolean;
  /** Grows with every batch that was written; left with the lease, so that it costs no statement of its own. */
  health: ConnectionHealth;
  /** As the last drain left it. */
  healthBefore: ConnectionHealth;
  /** Set when the lease was given back with the last batch. */
  givenBack: { rung: boolean } | undefined;
}

/** Empties one connection's mailbox: receipts become calls, events and deliveries; calls that nothing more came of are closed. */
export class DrainConnection {
  constructor(private readonly parts: DrainConnectionParts) {}

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const first = (await lease.first) as FirstOfConnection;
    const { context, settling, live } = first;
    if (!context) {
      await this.parts.store.putAway(id<ConnectionId>(lease.id), lease.fence, 'connection deleted');
      return { more: false };
    }
    const health = readHealth(lease.memo);
    const drain = {
      context,
      lease,
      slice,
      first,
      live,
      settling,
      health,
      healthBefore: health,
      givenBack: undefined,
    };
    return this.empty(drain);
  }

  private async empty(drain: Drain): Promise<Leaving> {
    const more = await this.readAll(drain);
    if (drain.givenBack) return { more: false, givenBack: drain.givenBack };
    const memo = memoOf(drain, drain.health);
    return { more, ...(memo !== undefined && { memo }) };
  }

  /** @returns whether there was more when the slice ended */
  private async readAll(drain: Drain): Promise<boolean> {
    const { context, slice, first } = drain;
    let receipts = first?.receipts ?? [];
    let most = first?.most ?? BATCH;
    while (receipts.length > 0) {
      // Fewer than asked for means that there were no more; whoever brings the next one rings.
      const last = receipts.length < most && receipts.every((receipt) => receipt.tries === 0);
      const kept = await this.handle(receipts, drain, last && !drain.settling);
      if (!kept || drain.givenBack) return false;
      if (last) break;
      if (slice.over) return true;
      most = BATCH;
      receipts = await this.parts.store.due(context.connectionId, most);
    }
    // Only now: what a call waits for may have been among the receipts.
    return drain.settling && this.settle(drain);
  }

  /** Closes the calls that were waited for long enough. @returns whether there was more when the slice ended */
  private async settle(drain: Drain): Promise<boolean> {
    const { connectionId } = drain.context;
    for (;;) {
      const calls = await this.parts.store.settling(connectionId, BATCH);
      if (calls.length === 0 || !(await this.close(calls, drain))) return false;
      this.parts.log.debug({ connectionId, calls: calls.length }, 'calls.settled');
      if (calls.length < BATCH) return false;
      if (drain.slice.over) return true;
    }
  }

  /** @returns false when the lease was lost */
  private async close(calls: readonly KnownCall[], drain: Drain): Promise<boolean> {
    const { context, lease, live } = drain;
    const { fence } = lease;
    try {
      const now = instant(this.parts.clock.now());
      const { ids, linkTo } = this.parts;
      return (await this.commit(planSettling({ context, fence, calls, now, ids, linkTo, live }))).kept;
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

  /**
   * @param last  they are all that there is to do: the lease is given back with them
   * @returns false when the lease was lost
   */
  private async handle(receipts: DueReceipt[], drain: Drain, last: boolean): Promise<boolean> {
    const startedAt = performance.now();
    const [oldest] = receipts.filter((receipt) => receipt.tries === 0);
    if (oldest)
      this.parts.lateness.note('connection', drain.lease.id, this.parts.clock.now() - oldest.receivedAt);
    // Those that failed before are tried alone, so that they fail alone.
    const alone = receipts.filter((receipt) => receipt.tries > 0);
    const together = receipts.filter((receipt) => receipt.tries === 0);
    const groups = [...(together.length > 0 ? [together] : []), ...alone.map((receipt) => [receipt])];
    for (const group of groups) {
      if (!(await this.write(group, drain, last))) return false;
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
  private async write(receipts: readonly DueReceipt[], drain: Drain, last = false): Promise<boolean> {
    const { context, lease, live } = drain;
    const { fence, epoch } = lease;
    try {
      const read = readReceipts(receipts, context, theDialect(context.dialect));
      const known = await this.known(read, drain);
      const { ids, linkTo } = this.parts;
      const matches = await this.matches(read, known, context);
      const plan = planEnrichment({ context, fence, read, known, matches, ids, linkTo, live });
      const health = learn(drain.health, read.flatMap(webhookFacts), clockReading(context));
      const givesBack = last ? { epoch, memo: memoOf(drain, health) } : undefined;
      const { kept, rung } = await this.commit({ ...plan, ...(givesBack && { givesBack }) });
      if (kept) drain.health = health;
      if (kept && givesBack) drain.givenBack = { rung };
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

  /** What is known of the calls that were read of: as it was read with the lease, or asked for where that does not do. */
  private known(read: readonly ReadReceipt[], drain: Drain): KnownCalls | Promise<KnownCalls> {
    const told = new Set(read.flatMap(vendorCallIdsOf));
    const { first, context } = drain;
    // Whatever is written changes it.
    drain.first = undefined;
    if (first && [...told].every((vendorCallId) => first.asked.has(vendorCallId))) return first.known;
    return this.parts.store.callsOf(context.connectionId, [...told]);
  }

  /** Whose the numbers are; asked for together, and of most tenants and messages nobody is. */
  private async matches(
    read: readonly ReadReceipt[],
    known: KnownCalls,
    context: EnrichmentContext,
  ): Promise<Matches> {
    const { tenantId, matchPolicy: policy } = context;
    const oldestFirst = policy.choose === 'created_first';
    const matched = numbersToMatch(read, known, context).map(async ({ e164, running }) => {
      const found = await this.parts.contacts.find({ tenantId, e164, oldestFirst });
      if (running.length > 0 && isToBeAsked(found, policy)) this.askFor(e164, running, context);
      return [e164, matchContact(e164, found, policy)] as const;
    });
    return new Map(await Promise.all(matched));
  }

  /** Nobody waits here: what the sources say comes back as a word about the call. */
  private askFor(e164: string, running: readonly RunningCall[], context: EnrichmentContext): void {
    const { tenantId, connectionId, country } = context;
    for (const { vendorCallId: callId, did, extension } of running) {
      void this.parts.asker.ask({ tenantId, e164, country, callId, did, extension, connectionId });
    }
  }

  private async commit(plan: Enrichment): Promise<Written> {
    const enriched = await this.parts.store.write(plan);
    if (!enriched.kept) return enriched;
    this.count(plan.receipts);
    if (plan.live !== undefined) this.tellLive(plan);
    this.parts.ringer.ring(
      'endpoint',
      plan.deliveries.filter(({ heldReason }) => heldReason === null).map(({ endpointId }) => endpointId),
    );
    return enriched;
  }

  private tellLive({ tenantId, deliveries }: Enrichment): void {
    this.parts.liveBell.ring(tenantId);
    if (deliveries.length > 0) {
      this.parts.liveBell.ringDeliveries(
        tenantId,
        deliveries.map((delivery) => delivery.id),
      );
    }
  }

  private count(receipts: readonly ReceiptMark[]): void {
    const byOutcome = new Map<string, number>();
    for (const { state } of receipts) byOutcome.set(state, (byOutcome.get(state) ?? 0) + 1);
    for (const [outcome, count] of byOutcome) this.parts.metrics.receipts.inc({ outcome }, count);
  }

  /** The database refused the letter, or our code threw. @returns false when the lease was lost */
  private async mark(mark: ReceiptMark, { context, lease }: Drain): Promise<boolean> {
    const { tenantId, connectionId } = context;
    const { fence } = lease;
    const nothing = { calls: [], events: [], deliveries: [] };
    return (await this.parts.store.write({ tenantId, connectionId, fence, receipts: [mark], ...nothing }))
      .kept;
  }
}

function vendorCallIdsOf(entry: ReadReceipt): string[] {
  if (entry.ok !== true) return [];
  return entry.said ? [entry.said.vendorCallId] : entry.legs.map(({ vendorCallId }) => vendorCallId);
}

/** Undefined where nothing was learnt. */
function memoOf({ healthBefore }: Drain, health: ConnectionHealth): { health: ConnectionHealth } | undefined {
  return health === healthBefore ? undefined : { health };
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
