import { id, readMatchPolicy, type MatchPolicy, type ConnectionId, type TenantId } from '#domain';
import { hashToken } from '#platform';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';

/** What ingress must know of a connection to take a webhook. */
export interface IngressConnection {
  tenantId: TenantId;
  connectionId: ConnectionId;
  dialect: string;
  settings: Record<string, unknown>;
  /** What signatures are checked with; see `sealedFor.signingSecrets`. Absent or null where nothing is kept. */
  sealedSecrets?: string | null;
  timeZone: string;
  /** ISO 3166-1 alpha-2 */
  country: string;
  enabled: boolean;
  /** Whose a number is that several contacts have. */
  matchPolicy: MatchPolicy;
  /** What its tenant may send; null where the operator set no limit. */
  limits: TenantLimits | null;
}

/** What a tenant's PBXs may send, in all. */
export interface TenantLimits {
  perSecond: number | null;
  /** At once, after a pause. */
  burst: number;
  bytesPerDay: number | null;
}

interface Row {
  hash: string;
  tenant_id: string;
  connection_id: string;
  dialect: string;
  settings: Record<string, unknown>;
  sealed_signing_secrets: string | null;
  time_zone: string;
  country: string;
  enabled: boolean;
  match_policy: unknown;
  per_second: number | null;
  burst: number | null;
  bytes_per_day: string | null;
  is_over: boolean;
}

/** Whose a token is, or was: `isOver` where another one took its place. */
interface Found {
  connection: IngressConnection;
  isOver: boolean;
}

interface Known {
  /** When it was looked up, and when it was asked for last; epoch milliseconds. */
  at: number;
  usedAt: number;
  found: Found | undefined;
}

const FIND = `
SELECT encode(t.hash, 'hex') AS hash, c.tenant_id, c.id AS connection_id, c.dialect, c.settings, c.sealed_signing_secrets,
       c.time_zone, c.country, c.enabled, o.match_policy,
       o.webhooks_per_second AS per_second, o.webhook_burst AS burst, o.webhook_bytes_per_day AS bytes_per_day,
       t.expires_at IS NOT NULL AND t.expires_at <= now() AS is_over
FROM connection_token t JOIN connection c ON c.id = t.connection_id JOIN tenant o ON o.id = c.tenant_id
WHERE t.hash = ANY($1::bytea[])`;

/** How long an answer may be used: a rotated or disabled connection is refused after at most this. */
const KEEP_MS = 2_000;
/**
 * What is in use is looked up again before its answer is too old, all of it together: where a thousand PBXs send something every
 * few seconds, each webhook would have to ask for itself.
 */
const RENEW_AFTER_MS = 1_400;
const IN_USE_MS = 20_000;
const RENEWED_AT_ONCE = 500;
/** Of more, those that were used last: where so many send, webhooks that ask for themselves travel together anyway. */
const MOST_RENEWED = 2_000;
/** Tokens remembered, found or not; somebody who guesses must not fill the memory. */
const KEEP_MOST = 50_000;
/** Tokens of a source that guesses are looked up together, once in so many milliseconds, so that they cost next to nothing. */
const LATER_MS = 1_000;
/** Of those, how many may wait; the others are not looked up. */
const LATER_MOST = 500;

/** Finds the connection that a secret ingress token belongs to; remembers answers for a moment. */
export class ConnectionDirectory {
  private readonly known = new Map<string, Known>();
  /** Tokens that were somebody's when they were last looked up. */
  private readonly proven = new Set<string>();
  private readonly batcher: Batcher<Uint8Array, Found | undefined>;
  private readonly later: Batcher<Uint8Array, Found | undefined>;
  private waitingLater = 0;
  private renewal: NodeJS.Timeout | undefined;

  /** @param now  epoch milliseconds */
  constructor(
    private readonly hot: HotPool,
    private readonly now: () => number,
  ) {
    const run = (hashes: Uint8Array[]) => this.findAll(hashes);
    this.batcher = new Batcher({ maxItems: 500, maxInFlight: 2, run });
    this.later = new Batcher({ maxItems: LATER_MOST, maxInFlight: 1, gatherMs: LATER_MS, run });
  }

  /** @throws AppError `database.unavailable` */
  async byToken(token: string): Promise<IngressConnection | undefined> {
    const found = await this.look(token);
    return found?.isOver === false ? found.connection : undefined;
  }

  /** Whose a token was that was replaced and is not good any more; undefined for all others. @throws AppError `database.unavailable` */
  async byFormerToken(token: string): Promise<IngressConnection | undefined> {
    const found = await this.look(token);
    return found?.isOver === true ? found.connection : undefined;
  }

  private async look(token: string): Promise<Found | undefined> {
    const now = this.now();
    const known = this.known.get(token);
    if (known) known.usedAt = now;
    if (known && now - known.at < KEEP_MS) return known.found;
    const found = await this.batcher.add(hashToken(token));
    this.remember(token, { at: now, usedAt: now, found });
    this.renewSoon();
    return found;
  }

  private renewSoon(): void {
    this.renewal ??= setTimeout(() => {
      this.renewal = undefined;
      // Whoever asks next is told that the database is away.
      this.renew().catch(() => undefined);
    }, RENEW_AFTER_MS).unref();
  }

  /** Looks up again whose tokens are in use, and goes on doing so while any are. @throws AppError `database.unavailable` */
  async renew(): Promise<void> {
    const at = this.now();
    const used = [...this.known]
      .filter(([, { usedAt, found }]) => found?.isOver === false && at - usedAt < IN_USE_MS)
      .sort(([, one], [, other]) => other.usedAt - one.usedAt);
    if (used.length > 0) this.renewSoon();
    const old = used.slice(0, MOST_RENEWED).filter(([, known]) => at - known.at >= KEEP_MS - RENEW_AFTER_MS);
    for (let first = 0; first < old.length; first += RENEWED_AT_ONCE) {
      const some = old.slice(first, first + RENEWED_AT_ONCE);
      const found = await this.findAll(some.map(([token]) => hashToken(token)));
      some.forEach(([token, { usedAt }], index) => {
        const known = this.known.get(token);
        // It may have been asked for since.
        if (known && known.at < at)
          this.remember(token, { at, usedAt: Math.max(usedAt, known.usedAt), found: found[index] });
      });
    }
  }

  /** Whether a token was somebody's when it was last looked up. */
  isProven(token: string): boolean {
    return this.proven.has(token);
  }

  /** Finds out in its own time whose a token is, so that the next webhook with it is taken; where many wait already, not. */
  proveLater(token: string): void {
    if (this.waitingLater >= LATER_MOST) return;
    this.waitingLater += 1;
    const now = this.now();
    this.later
      .add(hashToken(token))
      .then((found) => {
        this.remember(token, { at: now, usedAt: now, found });
      })
      // Whoever asks next is told.
      .catch(() => undefined)
      .finally(() => (this.waitingLater -= 1));
  }

  private remember(token: string, known: Known): void {
    if (this.known.size >= KEEP_MOST) this.known.clear();
    this.known.set(token, known);
    if (known.found?.isOver !== false) {
      this.proven.delete(token);
      return;
    }
    if (this.proven.size >= KEEP_MOST) this.proven.clear();
    this.proven.add(token);
  }

  private async findAll(hashes: Uint8Array[]): Promise<(Found | undefined)[]> {
    const rows = await this.hot.run<Row & Record<string, unknown>>(
      'token.find',
      FIND,
      [hashes],
      hashes.length,
    );
    const found = new Map(rows.map((row) => [row.hash, row]));
    return hashes.map((hash) => {
      const row = found.get(Buffer.from(hash).toString('hex'));
      return row && { connection: connectionOf(row), isOver: row.is_over };
    });
  }
}

function connectionOf(row: Row): IngressConnection {
  return {
    tenantId: id<TenantId>(row.tenant_id),
    connectionId: id<ConnectionId>(row.connection_id),
    dialect: row.dialect,
    settings: row.settings,
    sealedSecrets: row.sealed_signing_secrets,
    timeZone: row.time_zone,
    country: row.country,
    enabled: row.enabled,
    matchPolicy: readMatchPolicy(row.match_policy),
    limits: limitsOf(row),
  };
}

function limitsOf(row: Row): TenantLimits | null {
  if (row.per_second === null && row.bytes_per_day === null) return null;
  return {
    perSecond: row.per_second,
    burst: row.burst ?? row.per_second ?? 1,
    bytesPerDay: row.bytes_per_day === null ? null : Number(row.bytes_per_day),
  };
}
