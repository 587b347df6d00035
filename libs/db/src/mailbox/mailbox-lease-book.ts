import { ConnectionClaim } from '../hot/connection-claim.js';
import { EndpointClaim } from '../hot/endpoint-claim.js';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import type { MailboxClaim, ClaimedMailbox, LeaseTerms } from './claim.js';
import { newOwner } from './owner-mark.js';

/** The kinds of mailbox, as the queue's contract names them. */
export type LeasedKind =
  'connection' | 'endpoint' | 'replay' | 'import' | 'erasure' | 'order' | 'campaign' | 'feed';

interface Held extends ClaimedMailbox {
  kind: LeasedKind;
}

interface Left {
  notBefore?: number;
  memo?: unknown;
}

interface Release {
  lease: Held;
  leaving: Left;
}

/** Nobody waits for a release but who rang meanwhile, and many travel in one statement. */
const RELEASE_GATHER_MS = 5;

const TAKE = `
SELECT l.id, l.fence::text AS fence, l.memo, l.epoch FROM unnest(take_mailboxes($1, $2::uuid[], $3, $4)) l`;

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
SELECT b.id, b.rung FROM give_back($1, $2::uuid[], $3::bigint[], $4::float8[], $5::text[], $6::int[]) AS b(id, rung)`;

/** Leases in PostgreSQL. The database's own clock decides when one has run out. */
export class MailboxLeaseBook {
  private readonly claims: Record<LeasedKind, MailboxClaim>;
  private readonly releasing = new Map<LeasedKind, Batcher<Release, boolean>>();

  /**
   * @param leaseMs  how long a lease lasts unless renewed
   * @param now  epoch milliseconds, to turn `notBefore` into a wait
   * @param owner  the name that leases are had under
   */
  constructor(
    private readonly hot: HotPool,
    private readonly leaseMs: number,
    private readonly now: () => number,
    private readonly owner = newOwner().name,
  ) {
    const plain = (kind: LeasedKind): MailboxClaim => ({
      claim: (ids, terms) => this.plainly(kind, ids, terms),
    });
    this.claims = {
      connection: new ConnectionClaim(hot),
      endpoint: new EndpointClaim(hot, now),
      replay: plain('replay'),
      import: plain('import'),
      erasure: plain('erasure'),
      order: plain('order'),
      campaign: plain('campaign'),
      feed: plain('feed'),
    };
  }

  /**
   * All in one statement, with what their drains begin with. What somebody else holds is marked: its holder will hear that
   * it was rung.
   *
   * @returns leases of those that are to be had
   */
  async take(kind: LeasedKind, ids: readonly string[]): Promise<Held[]> {
    const claimed = await this.claims[kind].claim([...new Set(ids)], this.terms);
    return claimed.map((mailbox) => ({ kind, ...mailbox }));
  }

  /**
   * For kinds that have a cheap way to what came just now, many times a second. What waits for a time is not looked for, nor is what
   * somebody set free.
   *
   * @param places  mailboxes that may be taken; of more than that none is
   * @returns leases of those that have something new in them or, where they are too many, all that were found
   */
  async look(kind: LeasedKind, places: number): Promise<{ leases: Held[]; others: string[] }> {
    const found = await this.claims[kind].look?.(places, this.terms);
    const leases = (found?.claimed ?? []).map((mailbox) => ({ kind, ...mailbox }));
    return { leases, others: found?.others ?? [] };
  }

  /** @returns whether it was rung while it was held, by somebody who could not have it */
  release(lease: Held, leaving: Left): Promise<boolean> {
    let releasing = this.releasing.get(lease.kind);
    if (!releasing) {
      const { kind } = lease;
      releasing = new Batcher({
        maxItems: 200,
        maxInFlight: 1,
        gatherMs: RELEASE_GATHER_MS,
        run: (items) => this.releaseAll(kind, items),
      });
      this.releasing.set(kind, releasing);
    }
    return releasing.add({ lease, leaving });
  }

  async renew(leases: readonly Held[]): Promise<string[]> {
    const rows = await this.hot.run<{ id: string }>('mailbox.renew', RENEW, [
      leases.map(({ kind }) => kind),
      leases.map(({ id }) => id),
      leases.map(({ fence }) => fence),
      this.leaseMs,
      this.owner,
    ]);
    const kept = new Set(rows.map(({ id }) => id));
    return leases.map(({ id }) => id).filter((id) => !kept.has(id));
  }

  private get terms(): LeaseTerms {
    return { owner: this.owner, leaseMs: this.leaseMs };
  }

  private plainly(
    kind: LeasedKind,
    ids: readonly string[],
    { owner, leaseMs }: LeaseTerms,
  ): Promise<ClaimedMailbox[]> {
    return this.hot.run<ClaimedMailbox & Record<string, unknown>>(
      'mailbox.take',
      TAKE,
      [kind, ids, owner, leaseMs],
      ids.length,
    );
  }

  private async releaseAll(kind: LeasedKind, items: Release[]): Promise<boolean[]> {
    const now = this.now();
    const rows = await this.hot.run<{ id: string; rung: boolean }>(
      'mailbox.release',
      RELEASE,
      [
        kind,
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
