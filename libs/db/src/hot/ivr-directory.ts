import { id, readParty, type ConnectionId, type IvrFlowId, type IvrRouteId } from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { groupRows } from './group-rows.js';

/** Where the answer for callers of one number comes from. */
export type IvrSource =
  | { kind: 'flow'; flowId: IvrFlowId; version: number }
  | {
      kind: 'url';
      url: string;
      /** `same`: as the PBX asked. `standard`: our JSON. */
      protocol: 'same' | 'standard';
      timeoutMs: number;
      sealedHeaders: string | null;
      sealedSecret: string | null;
    };

export interface HotIvrRoute {
  id: IvrRouteId;
  /** As it was set; empty for every number without a route of its own. */
  did: string;
  source: IvrSource;
  /** Our JSON of an answer; null for none. */
  defaultAnswer: unknown;
}

type Row = Record<string, unknown>;

const ROUTES = `
SELECT r.connection_id, r.id, r.did, r.source, r.flow_id, f.version, r.url, r.protocol, r.timeout_ms, r.sealed_headers,
       r.sealed_secret, r.default_answer
FROM ivr_route r LEFT JOIN ivr_flow f ON f.id = r.flow_id
WHERE r.connection_id = ANY($1::uuid[]) ORDER BY r.did`;

const FLOW = `SELECT document FROM ivr_flow WHERE id = $1`;

/** How long an answer may be used: a changed route or flow counts after at most this. */
const KEEP_MS = 2_000;
/** Connections remembered. */
const KEEP_MOST = 5_000;

/** Which source answers for a number, and the flows that we keep; remembers routes for a moment. */
export class IvrDirectory {
  private readonly known = new Map<ConnectionId, { at: number; routes: Promise<HotIvrRoute[]> }>();
  private readonly batcher: Batcher<ConnectionId, HotIvrRoute[]>;

  /** @param now  epoch milliseconds */
  constructor(
    private readonly hot: HotPool,
    private readonly now: () => number,
  ) {
    this.batcher = new Batcher({ maxItems: 100, maxInFlight: 2, run: (ids) => this.readAll(ids) });
  }

  /**
   * The route of a number: the one that is set for it as the PBX prints it, else for the same number in another spelling,
   * else for every number.
   *
   * @param did  as the PBX printed it
   * @throws AppError `database.unavailable`
   */
  async route(
    connection: { connectionId: ConnectionId; country: string },
    did: string,
  ): Promise<HotIvrRoute | undefined> {
    const routes = await this.routesOf(connection.connectionId);
    if (routes.length === 0) return undefined;
    const e164 = (text: string) => readParty(text, connection.country).e164;
    const wanted = e164(did);
    return (
      routes.find((route) => route.did === did) ??
      (wanted === null ? undefined : routes.find((route) => e164(route.did) === wanted)) ??
      routes.find((route) => route.did === '')
    );
  }

  /** The document of a flow; undefined when there is no such flow. @throws AppError `database.unavailable` */
  async flow(flowId: IvrFlowId): Promise<unknown> {
    const [row] = await this.hot.run<Row>('ivr.flow', FLOW, [flowId]);
    return row?.['document'];
  }

  private routesOf(connectionId: ConnectionId): Promise<HotIvrRoute[]> {
    const now = this.now();
    const known = this.known.get(connectionId);
    if (known && now - known.at < KEEP_MS) return known.routes;
    const entry = { at: now, routes: this.batcher.add(connectionId) };
    if (this.known.size >= KEEP_MOST) this.known.clear();
    this.known.set(connectionId, entry);
    // What could not be read is not remembered.
    entry.routes.catch(() => {
      if (this.known.get(connectionId) === entry) this.known.delete(connectionId);
    });
    return entry.routes;
  }

  private async readAll(ids: ConnectionId[]): Promise<HotIvrRoute[][]> {
    const rows = await this.hot.run<Row>('ivr.routes', ROUTES, [ids], ids.length);
    const byConnection = groupRows(rows, 'connection_id');
    return ids.map((connectionId) => (byConnection.get(connectionId) ?? []).map(routeOf));
  }
}

function routeOf(row: Row): HotIvrRoute {
  return {
    id: id<IvrRouteId>(row['id'] as string),
    did: row['did'] as string,
    source: sourceOf(row),
    defaultAnswer: row['default_answer'],
  };
}

function sourceOf(row: Row): IvrSource {
  if (row['source'] === 'flow') {
    return {
      kind: 'flow',
      flowId: id<IvrFlowId>(row['flow_id'] as string),
      version: row['version'] as number,
    };
  }
  return {
    kind: 'url',
    url: row['url'] as string,
    protocol: row['protocol'] as 'same' | 'standard',
    timeoutMs: row['timeout_ms'] as number,
    sealedHeaders: row['sealed_headers'] as string | null,
    sealedSecret: row['sealed_secret'] as string | null,
  };
}
