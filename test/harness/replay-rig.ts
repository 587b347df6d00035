import { instant, type DeliveryId, type ReplayFilter, type ReplayId, type TenantId } from '#domain';
import { MailboxLeaseBook, ReplayStore } from '#db';
import { newId } from '#platform';
import { Slice, type Leaving } from '#queues';
import { DrainReplay, type DrainReplayParts } from '../../apps/forwarder/drain-replay.js';
import { drainOnce } from './drain-once.js';
import { TestClock } from './forwarder-rig.js';
import type { Sql, World } from './world.js';

export const EVERYTHING: ReplayFilter = {
  from: instant(Date.now() - 3_600_000),
  to: instant(Date.now() + 3_600_000),
  eventTypes: [],
  endpointIds: [],
  status: 'any',
  number: null,
  callId: null,
  reason: null,
};

/** Faster than any test. */
const UNHURRIED_PER_MINUTE = 10_000_000;

/** Writes what the API would have written. */
export async function orderReplay(
  sql: Sql,
  tenantId: TenantId,
  filter: Partial<ReplayFilter>,
  ratePerMinute: number,
): Promise<ReplayId> {
  const replayId = newId<ReplayId>();
  await sql.rows(
    `INSERT INTO replay (id, tenant_id, kind, filter, rate_per_minute, state, total, total_exact, created_by, created_at,
                         updated_at)
     VALUES ($1, $2, 'events', $3, $4, 'running', 0, true, 'system', now(), now())`,
    [replayId, tenantId, JSON.stringify({ ...EVERYTHING, ...filter }), ratePerMinute],
  );
  return replayId;
}

/** The replays' drain on a real database, without its process and its queue. */
export class ReplayRig {
  readonly clock = new TestClock();
  readonly rings: string[] = [];
  readonly store: ReplayStore;
  private readonly book: MailboxLeaseBook;

  constructor(private readonly world: World) {
    this.store = new ReplayStore(world.hot);
    this.book = new MailboxLeaseBook(world.hot, 60_000, () => this.clock.now());
  }

  order(
    tenantId: TenantId,
    filter: Partial<ReplayFilter> = {},
    ratePerMinute = UNHURRIED_PER_MINUTE,
  ): Promise<ReplayId> {
    return orderReplay(this.world.sql, tenantId, filter, ratePerMinute);
  }

  drain(replayId: ReplayId): Promise<Leaving | 'not to be had'> {
    const drainer = this.drainer(this.store);
    const drain = { book: this.book, clock: this.clock, drain: drainer.drain.bind(drainer) };
    return drainOnce(drain, 'replay', replayId);
  }

  /** Drains without end to the lease, as a process that is killed does: `store` decides how far it gets. */
  async drainAndDie(replayId: ReplayId, store: DrainReplayParts['store']): Promise<void> {
    const [lease] = await this.book.take('replay', [replayId]);
    if (!lease) throw new Error('not to be had');
    await this.drainer(store)
      .drain(lease, new Slice(this.clock))
      .catch(() => undefined);
    await this.runOut(replayId);
  }

  /** Nobody renewed the lease. */
  async runOut(replayId: ReplayId): Promise<void> {
    await this.world.sql.rows(`UPDATE mailbox SET lease_until = now() - interval '1 s' WHERE id = $1`, [
      replayId,
    ]);
  }

  async pass(replayId: ReplayId, ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.world.sql.rows(
      `UPDATE mailbox SET not_before = not_before - $2 * interval '1 ms' WHERE id = $1`,
      [replayId, ms],
    );
  }

  seen(replayId: ReplayId): Promise<{ state: string; queued: number; reason: string | null }> {
    return this.world.sql.row(`SELECT state, queued, reason FROM replay WHERE id = $1`, [replayId]);
  }

  /** What it made, oldest first. */
  made(replayId: ReplayId): Promise<MadeDelivery[]> {
    return this.world.sql.rows<MadeDelivery>(
      `SELECT event_id AS "eventId", endpoint_id AS "endpointId", state, reason FROM delivery WHERE replay_id = $1 ORDER BY id`,
      [replayId],
    );
  }

  private drainer(store: DrainReplayParts['store']): DrainReplay {
    return new DrainReplay({
      store,
      ringer: { ring: (_kind, ids) => this.rings.push(...ids) },
      clock: this.clock,
      newDeliveryId: newId<DeliveryId>,
    });
  }
}

export interface MadeDelivery {
  eventId: string;
  endpointId: string;
  state: string;
  reason: string | null;
}
