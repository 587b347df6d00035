import { People, id, type ConnectionId, type PeopleEntries, type TenantId } from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import type { EnrichmentContext, RoutedEndpoint } from './enrichment.js';
import { KeptPeople } from './kept-people.js';

/** `k.wanted`: connections whose directory is not remembered. Everything comes in one statement. */
const CONTEXT = `
SELECT c.id, c.tenant_id, c.dialect, c.time_zone, c.country, c.epochs, c.settings,
  c.sealed_credentials IS NOT NULL AS guarded, c.recordings_by_name,
  EXISTS (SELECT 1 FROM call w WHERE w.connection_id = c.id AND w.settle_at <= now()) AS settling,
  (SELECT coalesce(json_agg(json_build_object('id', e.id, 'eventTypes', e.event_types, 'filter', e.filter, 'enabled', e.state = 'enabled')), '[]')
     FROM endpoint e WHERE e.tenant_id = c.tenant_id) AS endpoints,
  CASE WHEN k.wanted THEN json_build_object(
    'agents', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'email', a.email, 'code', a.code)), '[]')
       FROM agent a WHERE a.tenant_id = c.tenant_id),
    'extensions', (SELECT coalesce(json_agg(json_build_object(
         'number', x.number, 'aliases', x.aliases, 'agentId', x.agent_id, 'label', x.label)), '[]')
       FROM extension x WHERE x.connection_id = c.id),
    'queues', (SELECT coalesce(json_agg(json_build_object('vendorId', q.vendor_id, 'label', q.label)), '[]')
       FROM queue q WHERE q.connection_id = c.id),
    'dids', (SELECT coalesce(json_agg(json_build_object('number', d.number, 'label', d.label)), '[]')
       FROM did d WHERE d.connection_id = c.id)) END AS people
FROM unnest($1::uuid[], $2::boolean[]) AS k(id, wanted) JOIN connection c ON c.id = k.id`;

interface Row extends Record<string, unknown> {
  id: string;
  tenant_id: string;
  dialect: string;
  time_zone: string;
  country: string;
  epochs: 'utc' | 'local';
  settings: Record<string, unknown>;
  guarded: boolean;
  recordings_by_name: boolean;
  settling: boolean;
  endpoints: RoutedEndpoint[];
  people: PeopleEntries | null;
}

/** Reads what connections' letters are read with, for many connections at once. */
export class EnrichmentContexts {
  private readonly kept: KeptPeople;

  /** @param now  milliseconds of any clock that goes on, by which large directories are forgotten */
  constructor(
    private readonly hot: HotPool,
    now: () => number,
  ) {
    this.kept = new KeptPeople(now);
  }

  /** In the order of the ids; undefined for a connection that was deleted. */
  async read(ids: readonly ConnectionId[]): Promise<(EnrichmentContext | undefined)[]> {
    const unique = [...new Set(ids)];
    const known = new Map(unique.map((connectionId) => [connectionId, this.kept.get(connectionId)]));
    const wanted = unique.map((connectionId) => known.get(connectionId) === undefined);
    const rows = await this.hot.run<Row>('enrich.context', CONTEXT, [unique, wanted], unique.length);
    const contexts = new Map(rows.map((row) => [row.id, this.contextOf(row, known)]));
    return ids.map((connectionId) => contexts.get(connectionId));
  }

  private contextOf(row: Row, known: ReadonlyMap<ConnectionId, People | undefined>): EnrichmentContext {
    const connectionId = id<ConnectionId>(row.id);
    return {
      tenantId: id<TenantId>(row.tenant_id),
      connectionId,
      dialect: row.dialect,
      timeZone: row.time_zone,
      country: row.country,
      epochs: row.epochs,
      settings: row.settings,
      settling: row.settling,
      endpoints: row.endpoints,
      people: known.get(connectionId) ?? this.peopleOf(row),
      recordings: { guarded: row.guarded, byName: row.recordings_by_name },
    };
  }

  private peopleOf(row: Row): People {
    const entries = row.people ?? { agents: [], extensions: [], queues: [], dids: [] };
    const people = new People(entries, row.country);
    this.kept.put(id<ConnectionId>(row.id), people);
    return people;
  }
}
