import {
  id,
  instant,
  readMatchPolicy,
  type ContactSourceId,
  type EndpointId,
  type Instant,
  type MatchPolicy,
  type TenantId,
} from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import type { AskedEndpoint } from '../repositories/contact-source-record.js';
import { groupRows } from './group-rows.js';

/** A source of contacts with all that asking it takes. */
export interface HotSource {
  id: ContactSourceId;
  kind: string;
  /** Of its settings. */
  version: number;
  /** Null where it asks through an endpoint. */
  url: string | null;
  endpoint: AskedEndpoint | null;
  sealedHeaders: string | null;
  sealedSecret: string | null;
  timeoutMs: number;
  /** As the workers last told: it is left alone until then. */
  openUntil: Instant | null;
}

export interface TenantSources {
  policy: MatchPolicy;
  /** Those that are enabled. */
  sources: readonly HotSource[];
}

interface Row extends Record<string, unknown> {
  tenant_id: string;
  match_policy: unknown;
  /** Null where the tenant has none, as all that follows. */
  id: string | null;
  kind: string;
  version: number;
  url: string | null;
  /** Null where it asks a server of its own, as those with its name in them. */
  endpoint_id: string | null;
  endpoint_url: string;
  format: string;
  format_settings: unknown;
  sealed_access: string | null;
  grant_epoch: number;
  sealed_headers: string | null;
  sealed_secret: string | null;
  timeout_ms: number;
  open_until: number | null;
}

const LIST = `
SELECT t.id AS tenant_id, t.match_policy, s.id, s.kind, s.version, s.url, s.sealed_headers, s.sealed_secret, s.timeout_ms,
       e.id AS endpoint_id, e.url AS endpoint_url, e.format, e.format_settings, e.sealed_access, e.grant_epoch,
       (extract(epoch FROM h.open_until) * 1000)::float8 AS open_until
FROM tenant t LEFT JOIN contact_source s ON s.tenant_id = t.id AND s.enabled
LEFT JOIN endpoint e ON e.id = s.endpoint_id AND e.tenant_id = s.tenant_id
LEFT JOIN source_health h ON h.source_id = s.id AND h.version = s.version
WHERE t.id = ANY($1::uuid[])`;

/** How long an answer may be used: a changed source counts after at most this. */
const KEEP_MS = 2_000;
/** Tenants remembered. */
const KEEP_MOST = 5_000;

/** The sources of a tenant's contacts; remembers them for a moment. */
export class SourceDirectory {
  private readonly known = new Map<TenantId, { at: number; sources: Promise<TenantSources | undefined> }>();
  private readonly batcher: Batcher<TenantId, TenantSources | undefined>;

  /** @param now  epoch milliseconds */
  constructor(
    private readonly hot: HotPool,
    private readonly now: () => number,
  ) {
    this.batcher = new Batcher({ maxItems: 100, maxInFlight: 2, run: (ids) => this.readAll(ids) });
  }

  /** Undefined when there is no such tenant any more. @throws AppError `database.unavailable` */
  of(tenant: TenantId): Promise<TenantSources | undefined> {
    const now = this.now();
    const known = this.known.get(tenant);
    if (known && now - known.at < KEEP_MS) return known.sources;
    const entry = { at: now, sources: this.batcher.add(tenant) };
    if (this.known.size >= KEEP_MOST) this.known.clear();
    this.known.set(tenant, entry);
    // What could not be read is not remembered.
    entry.sources.catch(() => {
      if (this.known.get(tenant) === entry) this.known.delete(tenant);
    });
    return entry.sources;
  }

  private async readAll(ids: TenantId[]): Promise<(TenantSources | undefined)[]> {
    const rows = await this.hot.run<Row>('source.list', LIST, [ids], ids.length);
    const byTenant = groupRows(rows, 'tenant_id');
    return ids.map((tenant) => {
      const own = byTenant.get(tenant);
      const [first] = own ?? [];
      return first && { policy: readMatchPolicy(first.match_policy), sources: (own ?? []).flatMap(sourceOf) };
    });
  }
}

function sourceOf(row: Row): HotSource[] {
  if (row.id === null) return [];
  const { kind, version, url, sealed_headers: sealedHeaders, sealed_secret: sealedSecret } = row;
  const openUntil = row.open_until === null ? null : instant(row.open_until);
  const own = { id: id<ContactSourceId>(row.id), kind, version, url, sealedHeaders, sealedSecret };
  return [{ ...own, endpoint: endpointOf(row), timeoutMs: row.timeout_ms, openUntil }];
}

function endpointOf(row: Row): AskedEndpoint | null {
  if (row.endpoint_id === null) return null;
  const { format, format_settings: formatSettings, sealed_access: sealedAccess } = row;
  const own = { id: id<EndpointId>(row.endpoint_id), url: row.endpoint_url };
  return { ...own, format, formatSettings, sealedAccess, grantEpoch: row.grant_epoch };
}
