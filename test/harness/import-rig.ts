import type { CampaignId, ImportId } from '#domain';
import { ImportStore, LeadImportStore, MailboxLeaseBook } from '#db';
import { Slice, type Leaving } from '#queues';
import { DrainImport, type DrainImportParts } from '../../apps/forwarder/imports/drain-import.js';
import { drainOnce } from './drain-once.js';
import { TestClock } from './forwarder-rig.js';
import type { World } from './world.js';

/** The imports' drain on a real database, without its process and its queue. */
export class ImportRig {
  readonly clock = new TestClock();
  readonly store: ImportStore;
  readonly leads: LeadImportStore;
  /** Campaigns that the dialer was rung for. */
  readonly rung: CampaignId[] = [];
  private readonly book: MailboxLeaseBook;

  constructor(private readonly world: Pick<World, 'hot' | 'sql' | 'log'>) {
    this.store = new ImportStore(world.hot);
    this.leads = new LeadImportStore(world.hot);
    this.book = new MailboxLeaseBook(world.hot, 60_000, () => this.clock.now());
  }

  /** Until nothing more is to be done, one slice after the other. */
  async drain(importId: string): Promise<void> {
    for (;;) {
      const leaving = await this.drainSlice(importId);
      if (leaving === 'not to be had' || !leaving.more) return;
    }
  }

  /** @param onSlice  to end it */
  drainSlice(
    importId: string,
    onSlice: (slice: Slice) => void = () => undefined,
  ): Promise<Leaving | 'not to be had'> {
    const drainer = this.drainer(this.store);
    const drain = { book: this.book, clock: this.clock, drain: drainer.drain.bind(drainer) };
    return drainOnce(drain, 'import', importId, onSlice);
  }

  /** One slice with another store. */
  drainWith(store: DrainImportParts['store'], importId: string): Promise<Leaving | 'not to be had'> {
    const drainer = this.drainer(store);
    const drain = { book: this.book, clock: this.clock, drain: drainer.drain.bind(drainer) };
    return drainOnce(drain, 'import', importId);
  }

  /** Drains without end to the lease, as a process that is killed does: `store` decides how far it gets. */
  async drainAndDie(
    importId: string,
    store: DrainImportParts['store'],
    leads: DrainImportParts['leads'] = this.leads,
  ): Promise<void> {
    const [lease] = await this.book.take('import', [importId]);
    if (!lease) throw new Error('not to be had');
    await this.drainer(store, leads)
      .drain(lease, new Slice(this.clock))
      .catch(() => undefined);
    await this.runOut(importId);
  }

  /** Nobody renewed the lease. */
  async runOut(importId: string): Promise<void> {
    await this.world.sql.rows(`UPDATE mailbox SET lease_until = now() - interval '1 s' WHERE id = $1`, [
      importId as ImportId,
    ]);
  }

  private drainer(
    store: DrainImportParts['store'],
    leads: DrainImportParts['leads'] = this.leads,
  ): DrainImport {
    const ringCampaign = (campaignId: CampaignId) => void this.rung.push(campaignId);
    return new DrainImport({ store, leads, ringCampaign, clock: this.clock, log: this.world.log });
  }
}
