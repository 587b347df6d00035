import {
  People,
  id,
  type AgentId,
  type AgentSaid,
  type ConnectionId,
  type FeedChange,
  type PeopleEntries,
  type TenantId,
} from '#domain';
import { newId } from '#platform';
import type { HotPool } from '../pool/hot-pool.js';
import type { HotPbxAccount } from './order-store.js';
import { pgArray } from './pg-array.js';
import { storableJson } from './storable-json.js';
import { withoutNul } from './without-nul.js';

/** A connection whose channel is listened to, and the lease under which it is. */
export interface FeedOwner {
  connectionId: ConnectionId;
  tenantId: TenantId;
  fence: string;
}

/** What the PBX says of an agent. */
export type SaidByPbx = Omit<AgentSaid, 'connectionId'> & { agentId: AgentId };

/** `down`: it rests after it failed. */
export type FeedState = 'connecting' | 'up' | 'down';

/** Who says so, in agents' states and in the audit. */
const ACTOR = 'pbx';

const ACCOUNT = `
SELECT a.connection_id, a.tenant_id, c.dialect, c.country, c.time_zone, a.settings, a.sealed_secrets, a.numbers, a.enabled, a.version
FROM pbx_account a JOIN connection c ON c.id = a.connection_id WHERE a.connection_id = $1`;

const VERSION = 'SELECT a.version FROM pbx_account a WHERE a.connection_id = $1 AND a.enabled';

const PEOPLE = `SELECT connection_context($1, true) AS context`;

/**
 * Those alone that are otherwise than before are changed, with an entry in the audit and a row of the live log each, all in one
 * commit. Agents are locked as whoever sets their state by hand locks them.
 */
const SAY = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('feed', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
given AS MATERIALIZED (
  SELECT a.id AS agent_id, u.standing, u.status, u.extension, to_timestamp(u.since / 1000.0) AS since, u.audit_id
  FROM unnest($4::uuid[], $5::text[], $6::int[], $7::text[], $8::float8[], $9::uuid[])
    AS u(agent_id, standing, status, extension, since, audit_id)
  JOIN agent a ON a.id = u.agent_id AND a.tenant_id = $3::uuid
  WHERE EXISTS (SELECT 1 FROM fence)
  ORDER BY a.id FOR UPDATE OF a
),
written AS (
  INSERT INTO agent_state AS s (agent_id, tenant_id, connection_id, standing, status, extension, since, actor)
  SELECT g.agent_id, $3::uuid, $1::uuid, g.standing, g.status, g.extension, g.since, '${ACTOR}' FROM given g
  ON CONFLICT (agent_id) DO UPDATE SET connection_id = EXCLUDED.connection_id, standing = EXCLUDED.standing,
    status = EXCLUDED.status, extension = EXCLUDED.extension, since = EXCLUDED.since, actor = EXCLUDED.actor
  WHERE (s.connection_id, s.standing, s.status, s.extension)
    IS DISTINCT FROM (EXCLUDED.connection_id, EXCLUDED.standing, EXCLUDED.status, EXCLUDED.extension)
  RETURNING s.agent_id, s.standing, s.status, s.extension, s.since
),
audited AS (
  INSERT INTO audit_entry (id, tenant_id, at, actor, actor_kind, action, subject_type, subject_id, changes)
  SELECT g.audit_id, $3::uuid, now(), '${ACTOR}', 'system', 'agent.state_changed', 'agent', w.agent_id::text,
    jsonb_build_object('standing', jsonb_build_object('from', b.standing, 'to', w.standing),
      'status', jsonb_build_object('from', b.status, 'to', w.status))
  FROM written w JOIN given g ON g.agent_id = w.agent_id LEFT JOIN agent_state b ON b.agent_id = w.agent_id
)
SELECT EXISTS (SELECT 1 FROM fence) AS held,
  tell_live($3::uuid, coalesce((SELECT array_agg(json_build_object('agent', w.agent_id, 'said', json_build_object(
    'connectionId', $1::uuid, 'standing', w.standing, 'status', w.status, 'extension', w.extension,
    'since', (extract(epoch FROM w.since) * 1000)::float8))::text ORDER BY w.agent_id) FROM written w), '{}')) AS heard`;

/** What a channel told before holds no more, whatever becomes of it now; whoever listens to us hears that. */
const MARK = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('feed', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
marked AS (
  INSERT INTO pbx_feed AS f (connection_id, tenant_id, fence, state, since, connected_at, reason, failed_at)
  SELECT c.id, c.tenant_id, $2::bigint, $4::text, now(), CASE WHEN $4::text = 'up' THEN now() END, $5::text,
    CASE WHEN $5::text IS NOT NULL THEN now() END
  FROM fence JOIN connection c ON c.id = fence.id AND c.tenant_id = $3::uuid
  ON CONFLICT (connection_id) DO UPDATE SET fence = EXCLUDED.fence, state = EXCLUDED.state,
    since = CASE WHEN (f.state = 'up') = (EXCLUDED.state = 'up') THEN f.since ELSE EXCLUDED.since END,
    connected_at = coalesce(EXCLUDED.connected_at, f.connected_at),
    reason = coalesce(EXCLUDED.reason, f.reason), failed_at = coalesce(EXCLUDED.failed_at, f.failed_at)
),
gone AS (
  DELETE FROM pbx_told t USING fence WHERE t.tenant_id = $3::uuid AND t.connection_id = fence.id RETURNING 1
)
SELECT EXISTS (SELECT 1 FROM fence) AS held,
  tell_live($3::uuid, CASE WHEN EXISTS (SELECT 1 FROM gone)
    THEN ARRAY[json_build_object('connection', $1::uuid, 'feed', NULL)::text] ELSE '{}' END) AS heard`;

const HEAR = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('feed', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
),
given AS MATERIALIZED (
  SELECT u.* FROM unnest($6::text[], $7::text[], $8::text[], $9::text[]) AS u(kind, key, device, data)
),
gone AS (
  DELETE FROM pbx_told t USING fence
  WHERE $4::boolean AND t.tenant_id = $3::uuid AND t.connection_id = fence.id
    AND NOT EXISTS (SELECT 1 FROM given g WHERE g.kind = t.kind AND g.key = t.key)
),
written AS (
  INSERT INTO pbx_told AS t (tenant_id, connection_id, kind, key, device, data)
  SELECT c.tenant_id, c.id, g.kind, g.key, g.device, g.data::json
  FROM given g, fence JOIN connection c ON c.id = fence.id AND c.tenant_id = $3::uuid
  ON CONFLICT (tenant_id, connection_id, kind, key) DO UPDATE SET device = EXCLUDED.device, data = EXCLUDED.data
)
SELECT EXISTS (SELECT 1 FROM fence) AS held,
  tell_live($3::uuid, CASE WHEN EXISTS (SELECT 1 FROM fence) THEN ARRAY[$5::text] ELSE '{}' END) AS heard`;

interface AccountRow extends Record<string, unknown> {
  tenant_id: string;
  dialect: string;
  country: string;
  time_zone: string;
  settings: Record<string, unknown>;
  sealed_secrets: string;
  numbers: HotPbxAccount['numbers'];
  enabled: boolean;
  version: number;
}

/** The statements by which PBXs' realtime channels are listened to. */
export class FeedStore {
  constructor(private readonly hot: HotPool) {}

  async account(
    connectionId: ConnectionId,
  ): Promise<Omit<HotPbxAccount, 'sealedToken' | 'tokenExpiresAt' | 'isClockDoubtful'> | undefined> {
    const [row] = await this.hot.run<AccountRow>('feed.account', ACCOUNT, [connectionId]);
    return (
      row && {
        connectionId,
        tenantId: id<TenantId>(row.tenant_id),
        dialect: row.dialect,
        country: row.country,
        timeZone: row.time_zone,
        settings: row.settings,
        sealedSecrets: row.sealed_secrets,
        numbers: row.numbers,
        enabled: row.enabled,
        version: row.version,
      }
    );
  }

  /** Of the account; undefined where there is none, or it is switched off. */
  async version(connectionId: ConnectionId): Promise<number | undefined> {
    const [row] = await this.hot.run<{ version: number }>('feed.version', VERSION, [connectionId]);
    return row?.version;
  }

  /** Whose phones are whose. */
  async people(connectionId: ConnectionId): Promise<People | undefined> {
    const [row] = await this.hot.run<{ context: { country: string; people: PeopleEntries } | null }>(
      'feed.people',
      PEOPLE,
      [connectionId],
    );
    return row?.context ? new People(row.context.people, row.context.country) : undefined;
  }

  /** @returns whether the lease still holds, and whether somebody listens to what changed */
  async say(owner: FeedOwner, said: readonly SaidByPbx[]): Promise<{ held: boolean; heard: boolean }> {
    const [row] = await this.hot.run<{ held: boolean; heard: boolean }>(
      'feed.say',
      SAY,
      [
        owner.connectionId,
        owner.fence,
        owner.tenantId,
        pgArray.uuid(said.map(({ agentId }) => agentId)),
        pgArray.text(said.map(({ standing }) => standing)),
        pgArray.int4(said.map(({ status }) => status)),
        pgArray.text(said.map(({ extension }) => extension && withoutNul(extension))),
        pgArray.float8(said.map(({ since }) => since)),
        pgArray.uuid(said.map(() => newId())),
      ],
      said.length,
    );
    return row ?? { held: false, heard: false };
  }

  /**
   * How the channel is from now on. Nothing that it told before holds any more.
   *
   * @param reason  what went wrong, without secrets; null for nothing
   */
  async mark(
    owner: FeedOwner,
    { state, reason }: { state: FeedState; reason: string | null },
  ): Promise<{ held: boolean; heard: boolean }> {
    const [row] = await this.hot.run<{ held: boolean; heard: boolean }>('feed.mark', MARK, [
      owner.connectionId,
      owner.fence,
      owner.tenantId,
      state,
      reason && withoutNul(reason),
    ]);
    return row ?? { held: false, heard: false };
  }

  /** What the PBX tells of extensions and queues is otherwise than before. */
  async hear(owner: FeedOwner, change: FeedChange): Promise<{ held: boolean; heard: boolean }> {
    const { phones, queues, isAll } = JSON.parse(storableJson(change)) as FeedChange;
    const told = [
      ...phones.map((data) => ({ kind: 'phone', key: data.extension, device: data.device, data })),
      ...queues.map((data) => ({ kind: 'queue', key: data.queue.id, device: null, data })),
    ];
    const row = JSON.stringify({ connection: owner.connectionId, feed: { phones, queues, isAll } });
    const [answer] = await this.hot.run<{ held: boolean; heard: boolean }>(
      'feed.hear',
      HEAR,
      [
        owner.connectionId,
        owner.fence,
        owner.tenantId,
        isAll,
        row,
        pgArray.text(told.map(({ kind }) => kind)),
        pgArray.text(told.map(({ key }) => key)),
        pgArray.text(told.map(({ device }) => device)),
        pgArray.text(told.map(({ data }) => JSON.stringify(data))),
      ],
      told.length,
    );
    return answer ?? { held: false, heard: false };
  }
}
