import { id, type ConnectionId, type TenantId } from '#domain';
import { hashToken } from '#platform';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';

/** What ingress must know of a connection to take a webhook. */
export interface IngressConnection {
  tenantId: TenantId;
  connectionId: ConnectionId;
  dialect: string;
  settings: Record<string, unknown>;
  timeZone: string;
  /** ISO 3166-1 alpha-2 */
  country: string;
  enabled: boolean;
}

interface Row {
  hash: string;
  tenant_id: string;
  connection_id: string;
  dialect: string;
  settings: Record<string, unknown>;
  time_zone: string;
  country: string;
  enabled: boolean;
}

const FIND = `
SELECT encode(t.hash, 'hex') AS hash, c.tenant_id, c.id AS connection_id, c.dialect, c.settings,
       c.time_zone, c.country, c.enabled
FROM connection_token t JOIN connection c ON c.id = t.connection_id
WHERE t.hash = ANY($1::bytea[]) AND (t.expires_at IS NULL OR t.expires_at > now())`;

/** How long an answer may be used: a rotated or disabled connection is refused after at most this. */
const KEEP_MS = 2_000;
/** Tokens remembered, found or not; somebody who guesses must not fill the memory. */
const KEEP_MOST = 50_000;

/** Finds the connection that a secret ingress token belongs to; remembers answers for a moment. */
export class ConnectionDirectory {
  private readonly known = new Map<string, { at: number; connection: IngressConnection | undefined }>();
  private readonly batcher: Batcher<Uint8Array, IngressConnection | undefined>;

  /** @param now  epoch milliseconds */
  constructor(
    private readonly hot: HotPool,
    private readonly now: () => number,
  ) {
    this.batcher = new Batcher({ maxItems: 500, maxInFlight: 2, run: (hashes) => this.findAll(hashes) });
  }

  /** @throws AppError `database.unavailable` */
  async byToken(token: string): Promise<IngressConnection | undefined> {
    const now = this.now();
    const known = this.known.get(token);
    if (known && now - known.at < KEEP_MS) return known.connection;
    const connection = await this.batcher.add(hashToken(token));
    if (this.known.size >= KEEP_MOST) this.known.clear();
    this.known.set(token, { at: now, connection });
    return connection;
  }

  private async findAll(hashes: Uint8Array[]): Promise<(IngressConnection | undefined)[]> {
    const rows = await this.hot.run<Row & Record<string, unknown>>(
      'token.find',
      FIND,
      [hashes],
      hashes.length,
    );
    const found = new Map(rows.map((row) => [row.hash, row]));
    return hashes.map((hash) => {
      const row = found.get(Buffer.from(hash).toString('hex'));
      return (
        row && {
          tenantId: id<TenantId>(row.tenant_id),
          connectionId: id<ConnectionId>(row.connection_id),
          dialect: row.dialect,
          settings: row.settings,
          timeZone: row.time_zone,
          country: row.country,
          enabled: row.enabled,
        }
      );
    });
  }
}
