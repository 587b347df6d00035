import {
  People,
  id,
  type AgentId,
  type AgentSaid,
  type ConnectionId,
  type PeopleEntries,
  type TenantId,
} from '#domain';
import { newId } from '#platform';
import type { HotPool } from '../pool/hot-pool.js';
import type { HotPbxAccount } from './order-store.js';
import { pgArray } from './pg-array.js';
import { withoutNul } from './without-nul.js';

/** A connection whose channel is listened to, and the lease under which it is. */
export interface FeedOwner {
  connectionId: ConnectionId;
  tenantId: TenantId;
  fence: string;
}

/** What the PBX says of an agent. */
export type SaidByPbx = Omit<AgentSaid, 'connectionId'> & { agentId: AgentId };

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
  ): Promise<Omit<HotPbxAccount, 'sealedToken' | 'tokenExpiresAt'> | undefined> {
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
}
