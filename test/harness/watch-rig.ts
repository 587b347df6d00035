import type { QueryResultRow } from 'pg';
import type { CallEventId, DeliveryId } from '#domain';
import { GrantStore, openGrantTokens, type HotPool, OperationalEvents, WatchStore } from '#db';
import { HttpSender, SecretBox, matchesPayload, newId, targetPolicy, type Log } from '#platform';
import { KeepGrantsAlive } from '../../apps/forwarder/grants/keep-grants-alive.js';
import { TellGrants } from '../../apps/forwarder/grants/tell-grants.js';
import { TellBacklogs } from '../../apps/forwarder/tell-backlogs.js';
import { TellExpiring } from '../../apps/forwarder/tell-expiring.js';
import { TellLimits } from '../../apps/forwarder/tell-limits.js';
import { TellSockets } from '../../apps/forwarder/tell-sockets.js';
import { TellTenant } from '../../apps/forwarder/tell-tenant.js';
import { Watch } from '../../apps/forwarder/watch.js';
import { TestClock } from './forwarder-rig.js';
import { SECRET_KEYS, type TestEndpoint } from './tenant.js';
import type { World } from './world.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export interface ToldNews {
  type: string;
  state: string;
  payload: Record<string, unknown>;
}

/** What looks after backlogs and whatever expires, on a real database, without its process and its timer. */
export class WatchRig {
  readonly clock = new TestClock();
  readonly logged: { event: string; fields: object }[] = [];
  readonly rings: [kind: string, id: string][] = [];
  readonly store: WatchStore;
  readonly backlogs: TellBacklogs;
  readonly expiring: TellExpiring;
  private readonly watch: Watch;

  constructor(private readonly world: World) {
    const note = (fields: object, event: string) => void this.logged.push({ event, fields });
    const log = { ...world.log, warn: note, error: note } as unknown as Log;
    this.store = new WatchStore(world.hot);
    const tellTenant = new TellTenant({
      events: new OperationalEvents(world.hot),
      ringer: {
        ring: (kind, ids) => {
          for (const id of ids) this.rings.push([kind, id]);
        },
      },
      matches: matchesPayload,
      clock: this.clock,
      log: world.log,
      ids: { event: newId<CallEventId>, delivery: newId<DeliveryId> },
    });
    this.backlogs = new TellBacklogs({ store: this.store, tellTenant });
    this.expiring = new TellExpiring({ store: this.store, tellTenant, clock: this.clock, log });
    const limits = new TellLimits({ store: this.store, tellTenant });
    const store = new GrantStore(world.hot);
    const box = SecretBox.fromKeys(SECRET_KEYS);
    const sender = new HttpSender({ policy: targetPolicy(['127.0.0.0/8']) });
    const grants = openGrantTokens(world.hot, { sender, clock: this.clock, box });
    const alive = new KeepGrantsAlive({ store, grants, box, log });
    const inNeed = new TellGrants({ store, tellTenant });
    const sockets = new TellSockets({ store: this.store, tellTenant, clock: this.clock });
    const duties = [this.backlogs, sockets, this.expiring, limits, alive, inNeed];
    this.watch = new Watch({ store: this.store, duties, log });
  }

  /** A minute's work, whoever had the last turn. */
  async check(): Promise<void> {
    await this.world.sql.rows(`DELETE FROM mailbox WHERE kind = 'watch'`);
    await this.watch.check();
  }

  async toldTo({ id }: TestEndpoint): Promise<ToldNews[]> {
    return this.world.sql.rows<ToldNews & QueryResultRow>(
      `SELECT e.type, d.state, e.payload FROM delivery d JOIN call_event e ON e.id = d.event_id
       WHERE d.endpoint_id = $1 ORDER BY d.id`,
      [id],
    );
  }

  async alertAfter({ id }: TestEndpoint, minutes: number | null): Promise<void> {
    await this.world.sql.rows(`UPDATE endpoint SET backlog_alert_minutes = $2 WHERE id = $1`, [id, minutes]);
  }

  /** How many rows of deliveries a statement of the watch's looks at, as the workers' sessions run it. */
  async deliveriesReadFor(statement: string): Promise<number> {
    let text = '';
    let given: unknown[] = [];
    const spy = {
      run: (name: string, sql: string, values: unknown[]) => {
        if (name === statement) [text, given] = [sql, values];
        return Promise.resolve([]);
      },
    } as unknown as HotPool;
    const store = new WatchStore(spy);
    await store.lateEndpoints(500);
    const rows = await this.world.hot.run<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      'explain',
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      given,
    );
    return deliveriesIn(rows[0]?.['QUERY PLAN'][0]?.Plan);
  }
}

interface PlanNode {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

function deliveriesIn(node: PlanNode | undefined): number {
  if (node === undefined) return 0;
  const each = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
  const own = node['Relation Name']?.startsWith('delivery') === true ? each * node['Actual Loops'] : 0;
  return (node.Plans ?? []).reduce((sum, child) => sum + deliveriesIn(child), own);
}
