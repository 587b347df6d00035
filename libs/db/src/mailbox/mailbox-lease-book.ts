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

interface Taken extends Omit<Held, 'kind'> {
  /** Somebody else has it: it was only noted that it was rung. */
  rung: boolean;
}

interface Left {
  notBefore?: number;
  memo?: unknown;
}

/** Nobody waits for a release but who rang meanwhile, and many travel in one statement. */
const RELEASE_GATHER_MS = 5;

const OWNER = `${hostname()}:${String(process.pid)}`;

/**
 * Sorted, so that statements that lock several mailboxes lock them in one order and never wait for each other. On one that
 * somebody holds it is noted that it was rung: the holder may have looked for letters before the latest one came.
 */
const TAKE = `
INSERT INTO mailbox AS m (kind, id, fence, owner, lease_until, not_before, memo)
SELECT $1, w.id, 1, $3, now() + $4 * interval '1 ms', to_timestamp(0), '{}'
FROM (SELECT DISTINCT id FROM unnest($2::uuid[]) AS u(id) ORDER BY id) w
ON CONFLICT (kind, id) DO UPDATE SET
  rung = m.lease_until > now(),
  fence = CASE WHEN m.lease_until > now() THEN m.fence ELSE m.fence + 1 END,
  owner = CASE WHEN m.lease_until > now() THEN m.owner ELSE EXCLUDED.owner END,
  lease_until = CASE WHEN m.lease_until > now() THEN m.lease_until ELSE EXCLUDED.lease_until END
  WHERE (m.lease_until > now() AND NOT m.rung) OR (m.lease_until <= now() AND m.not_before <= now())
RETURNING m.id, m.fence::text AS fence, m.memo, m.epoch, m.rung`;

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
  SELECT m.kind, m.id, l.not_before, l.memo, m.epoch <> l.epoch AS afresh, m.rung FROM mailbox m
  JOIN unnest($1::text[], $2::uuid[], $3::bigint[], $4::float8[], $5::text[], $6::int[])
    AS l(kind, id, fence, not_before, memo, epoch)
    USING (kind, id, fence)
  ORDER BY m.kind, m.id FOR UPDATE OF m
)
UPDATE mailbox m SET
  owner = NULL,
  lease_until = to_timestamp(0),
  rung = false,
  -- Not simply now(): rounded to a millisecond it may lie ahead, and the next drain would find the mailbox waiting.
  not_before = CASE WHEN mine.afresh THEN m.not_before
    WHEN mine.not_before > 0 THEN now() + mine.not_before * interval '1 ms' ELSE to_timestamp(0) END,
  memo = CASE WHEN mine.afresh THEN m.memo ELSE coalesce(mine.memo::jsonb, m.memo) END
FROM mine WHERE m.kind = mine.kind AND m.id = mine.id
RETURNING m.id, mine.rung`;

/** Leases in PostgreSQL. The database's own clock decides when one has run out. */
export class MailboxLeaseBook {
  private readonly releasing: Batcher<{ lease: Held; leaving: Left }, boolean>;

  /**
   * @param leaseMs  how long a lease lasts unless renewed
   * @param now  epoch milliseconds, to turn `notBefore` into a wait
   */
  constructor(
    private readonly hot: HotPool,
    private readonly leaseMs: number,
    private readonly now: () => number,
  ) {
    this.releasing = new Batcher({
      maxItems: 200,
      maxInFlight: 1,
      gatherMs: RELEASE_GATHER_MS,
      run: (items) => this.releaseAll(items),
    });
  }

  /**
   * All in one statement. What somebody else holds is marked: its holder will hear that it was rung.
   *
   * @returns leases of those that are to be had
   */
  async take(kind: LeasedKind, ids: readonly string[]): Promise<Held[]> {
    const rows = await this.hot.run<Taken & Record<string, unknown>>(
      'mailbox.take',
      TAKE,
      [kind, ids, OWNER, this.leaseMs],
      ids.length,
    );
    return rows
      .filter(({ rung }) => !rung)
      .map(({ id, fence, memo, epoch }) => ({ kind, id, fence, memo, epoch }));
  }

  /** @returns whether it was rung while it was held, by somebody who could not have it */
  release(lease: Held, leaving: Left): Promise<boolean> {
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

  private async releaseAll(items: { lease: Held; leaving: Left }[]): Promise<boolean[]> {
    const now = this.now();
    const rows = await this.hot.run<{ id: string; rung: boolean }>(
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
    const rung = new Set(rows.filter((row) => row.rung).map(({ id }) => id));
    return items.map(({ lease }) => rung.has(lease.id));
  }
}
