import { ErasureStore, MailboxLeaseBook } from '#db';
import { SecretBox } from '#platform';
import { Slice, type Leaving } from '#queues';
import { DrainErasure, type DrainErasureParts } from '../../apps/forwarder/erasures/drain-erasure.js';
import { drainOnce } from './drain-once.js';
import { TestClock } from './forwarder-rig.js';
import { SECRET_KEYS } from './tenant.js';
import type { World } from './world.js';

/** The erasures' drain on a real database, without its process and its queue. */
export class ErasureRig {
  readonly clock = new TestClock();
  readonly store: ErasureStore;
  private readonly book: MailboxLeaseBook;

  constructor(private readonly world: Pick<World, 'hot' | 'sql' | 'log'>) {
    this.store = new ErasureStore(world.hot);
    this.book = new MailboxLeaseBook(world.hot, 60_000, () => this.clock.now());
  }

  /** Until it waits, or nothing more is to be done. */
  async drain(erasureId: string, store: DrainErasureParts['store'] = this.store): Promise<Leaving> {
    for (;;) {
      const leaving = await this.drainSlice(erasureId, store);
      if (leaving === 'not to be had') throw new Error('somebody has it, or it waits');
      if (!leaving.more) return leaving;
    }
  }

  /** @param onSlice  to end it */
  drainSlice(
    erasureId: string,
    store: DrainErasureParts['store'] = this.store,
    onSlice: (slice: Slice) => void = () => undefined,
  ): Promise<Leaving | 'not to be had'> {
    const drainer = this.drainer(store);
    const drain = { book: this.book, clock: this.clock, drain: drainer.drain.bind(drainer) };
    return drainOnce(drain, 'erasure', erasureId, onSlice);
  }

  /** Drains without end to the lease, as a process that is killed does: `store` decides how far it gets. */
  async drainAndDie(erasureId: string, store: DrainErasureParts['store']): Promise<void> {
    const [lease] = await this.book.take('erasure', [erasureId]);
    if (!lease) throw new Error('not to be had');
    await this.drainer(store)
      .drain(lease, new Slice(this.clock))
      .catch(() => undefined);
    await this.world.sql.rows(
      `UPDATE mailbox SET lease_until = now() - interval '1 s', not_before = now() WHERE id = $1`,
      [erasureId],
    );
  }

  /** It need not wait any more for what it looks at again and again. */
  async lookAgain(erasureId: string): Promise<void> {
    await this.world.sql.rows('UPDATE mailbox SET not_before = now() WHERE id = $1', [erasureId]);
  }

  private drainer(store: DrainErasureParts['store']): DrainErasure {
    const box = SecretBox.fromKeys(SECRET_KEYS);
    return new DrainErasure({ store, box, clock: this.clock, log: this.world.log });
  }
}
