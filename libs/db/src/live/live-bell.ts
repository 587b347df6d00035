import type { DeliveryId, TenantId } from '#domain';
import { Rhythm } from '#platform';
import type { HotPool } from '../pool/hot-pool.js';
import { deliverySignals, logSignals } from './live-signal.js';

/** Longest time that a ring waits for others, and the share of time that ringing may take. */
const LONGEST_GATHER_MS = 15;
const SHARE = 0.15;
/** Doorbells of deliveries: a page that shows them asks again at most so often. */
const DELIVERIES_EVERY_MS = 1_000;
/** Named at most, of one tenant. More are not told one by one. */
const MOST_KEPT = 8;

/**
 * A signal that is lost costs nothing but time, so nobody waits until it is on the disk. It travels in a transaction of its own: a
 * transaction that notifies holds a lock of the whole server from before its commit until after it, and letters are not to queue
 * for that.
 */
const RING = `
SELECT set_config('synchronous_commit', 'off', true), pg_notify('switchhook_live', u.payload)
FROM unnest($1::text[]) AS u(payload)`;

/** Tells whoever serves sockets that there is something new. Never fails: they look once a second anyhow. */
export class LiveBell {
  private readonly tenants = new Set<TenantId>();
  private readonly rhythm = new Rhythm({ longestMs: LONGEST_GATHER_MS, share: SHARE });
  private flushing: Promise<void> | undefined;
  private deliveries = new Map<TenantId, Set<DeliveryId>>();
  private deliveriesTimer: NodeJS.Timeout | undefined;

  constructor(private readonly hot: HotPool) {}

  /** The tenant's log has new rows. */
  ring(tenant: TenantId): void {
    this.tenants.add(tenant);
    this.flushing ??= this.flush();
  }

  /** Something became of deliveries. */
  ringDeliveries(tenant: TenantId, ids: readonly DeliveryId[]): void {
    const known = this.deliveries.get(tenant) ?? new Set();
    for (const id of ids) if (known.size <= MOST_KEPT) known.add(id);
    this.deliveries.set(tenant, known);
    this.deliveriesTimer ??= setTimeout(() => {
      this.deliveriesTimer = undefined;
      const changed = this.deliveries;
      this.deliveries = new Map();
      void this.send(deliverySignals(changed));
    }, DELIVERIES_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearTimeout(this.deliveriesTimer);
    await this.flushing;
  }

  private async flush(): Promise<void> {
    while (this.tenants.size > 0) {
      const early = this.rhythm.waitMs(performance.now());
      // At the least until the end of this turn: what was written together is told together.
      await new Promise((resolve) => (early > 0 ? setTimeout(resolve, early) : setImmediate(resolve)));
      const begun = performance.now();
      const tenants = [...this.tenants];
      this.tenants.clear();
      await this.send(logSignals(tenants));
      this.rhythm.beat(begun, performance.now());
    }
    this.flushing = undefined;
  }

  private async send(payloads: string[]): Promise<void> {
    await this.hot.run('live.ring', RING, [payloads]).catch(() => undefined);
  }
}
