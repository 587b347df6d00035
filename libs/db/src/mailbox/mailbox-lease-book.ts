import { hostname } from 'node:os';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';

/** The kinds of mailbox, as the queue's contract names them. */
export type LeasedKind = 'connection' | 'endpoint' | 'replay';

interface Held {
  kind: LeasedKind;
  id: string;
  fence: string;
  memo: unknown;
  epoch: number;
}

interface Left {
  notBefore?: number;
  memo?: unknown;
}

const OWNER = `${hostname()}:${String(process.pid)}`;

/** Sorted, so that statements that lock several mailboxes lock them in one order and never wait for each other. */
const TAKE = `
INSERT INTO mailbox AS m (kind, id, fence, owner, lease_until, not_before, memo)
SELECT w.kind, w.id, 1, $3, now() + $4 * interval '1 ms', to_timestamp(0), '{}'
FROM (SELECT DISTINCT kind, id FROM unnest($1::text[], $2::uuid[]) AS u(kind, id) ORDER BY kind, id) w
ON CONFLICT (kind, id) DO UPDATE
  SET fence = m.fence + 1, owner = EXCLUDED.owner, lease_until = EXCLUDED.lease_until
  WHERE m.lease_until <= now() AND m.not_before <= now()
RETURNING m.kind, m.id, m.fence::text AS fence, m.memo, m.epoch`;

const RENEW = `
WITH mine AS MATERIALIZED (
  SELECT m.kind, m.id FROM mailbox m
  JOIN unnest($1::text[], $2::uuid[], $3::bigint[]) AS l(kind, id, fence) USING (kind, id, fence)
  -- A renewal that comes after its release must not lease what nobody holds.
  WHERE m.owner = $5
  ORDER BY m.kind, m.id FOR UPDATE OF m
)
UPDATE mailbox m SET lease_until = now() + $4 * interval '1 ms'
FROM mine WHERE m.kind = mine.kind AND m.id = mine.id
RETURNING m.id`;

const RELEASE = `
WITH mine AS MATERIALIZED (
  SELECT m.kind, m.id, l.not_before, l.memo, m.epoch <> l.epoch AS afresh FROM mailbox m
  JOIN unnest($1::text[], $2::uuid[], $3::bigint[], $4::float8[], $5::text[], $6::int[])
    AS l(kind, id, fence, not_before, memo, epoch)
    USING (kind, id, fence)
  ORDER BY m.kind, m.id FOR UPDATE OF m
)
UPDATE mailbox m SET
  owner = NULL,
  lease_until = to_timestamp(0),
  -- Not simply now(): rounded to a millisecond it may lie ahead, and the next drain would find the mailbox waiting.
  not_before = CASE WHEN mine.afresh THEN m.not_before
    WHEN mine.not_before > 0 THEN now() + mine.not_before * interval '1 ms' ELSE to_timestamp(0) END,
  memo = CASE WHEN mine.afresh THEN m.memo ELSE coalesce(mine.memo::jsonb, m.memo) END
FROM mine WHERE m.kind = mine.kind AND m.id = mine.id`;

/** Leases in PostgreSQL. The database's own clock decides when one has run out. */
export class MailboxLeaseBook {
  private readonly taking: Batcher<{ kind: LeasedKind; id: string }, Held | undefined>;
  private readonly releasing: Batcher<{ lease: Held; leaving: Left }, undefined>;

  /**
   * @param leaseMs  how long a lease lasts unless renewed
   * @param now  epoch milliseconds, to turn `notBefore` into a wait
   */
  constructor(
    private readonly hot: HotPool,
    private readonly leaseMs: number,
    private readonly now: () => number,
  ) {
    this.taking = new Batcher({ maxItems: 200, maxInFlight: 2, run: (items) => this.takeAll(items) });
    this.releasing = new Batcher({ maxItems: 200, maxInFlight: 2, run: (items) => this.releaseAll(items) });
  }

  take(kind: LeasedKind, id: string): Promise<Held | undefined> {
    return this.taking.add({ kind, id });
  }

  release(lease: Held, leaving: Left): Promise<void> {
    return this.releasing.add({ lease, leaving });
  }

  async renew(leases: readonly Held[]): Promise<string[]> {
    const rows = await this.hot.run<{ id: string }>('mailbox.renew', RENEW, [
      leases.map(({ kind }) => kind),
      leases.map(({ id }) => id),
      leases.map(({ fence }) => fence),
      this.leaseMs,
      OWNER,
    ]);
    const kept = new Set(rows.map(({ id }) => id));
    return leases.map(({ id }) => id).filter((id) => !kept.has(id));
  }

  private async takeAll(items: { kind: LeasedKind; id: string }[]): Promise<(Held | undefined)[]> {
    const rows = await this.hot.run<Held & Record<string, unknown>>(
      'mailbox.take',
      TAKE,
      [items.map(({ kind }) => kind), items.map(({ id }) => id), OWNER, this.leaseMs],
      items.length,
    );
    const taken = new Map(rows.map((row) => [`${row.kind}:${row.id}`, row]));
    return items.map(({ kind, id }) => {
      const key = `${kind}:${id}`;
      const lease = taken.get(key);
      // Two rings for one mailbox in one batch: one of them gets the lease.
      taken.delete(key);
      return lease;
    });
  }

  private async releaseAll(items: { lease: Held; leaving: Left }[]): Promise<undefined[]> {
    const now = this.now();
    await this.hot.run(
      'mailbox.release',
      RELEASE,
      [
        items.map(({ lease }) => lease.kind),
        items.map(({ lease }) => lease.id),
        items.map(({ lease }) => lease.fence),
        items.map(({ leaving }) =>
          leaving.notBefore === undefined ? 0 : Math.max(0, leaving.notBefore - now),
        ),
        items.map(({ leaving }) => (leaving.memo === undefined ? null : JSON.stringify(leaving.memo))),
        items.map(({ lease }) => lease.epoch),
      ],
      items.length,
    );
    return items.map(() => undefined);
  }
}
