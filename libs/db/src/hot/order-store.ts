import {
  id,
  numberVariants,
  restoreCall,
  statesBefore,
  type AgentId,
  type Call,
  type CallId,
  type ConnectionId,
  type Instant,
  type Order,
  type OrderId,
  type OrderKind,
  type OrderNews,
  type OrderSource,
  type OrderState,
  type StoredCall,
  type TenantId,
  instant,
  isClockDoubtful,
  readHealth,
} from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import { contextOfOrder } from '../repositories/remember-order.js';
import { pgArray } from './pg-array.js';
import { withoutNul } from './without-nul.js';

/** A connection whose orders are looked at, and the lease under which they are. */
export interface OrderOwner {
  connectionId: ConnectionId;
  fence: string;
}

/** An order that is to be looked at, or to be told of. */
export interface DueOrder {
  id: OrderId;
  tenantId: TenantId;
  connectionId: ConnectionId;
  source: OrderSource;
  kind: OrderKind;
  agentId: AgentId | null;
  extension: string | null;
  phone: string | null;
  order: Order;
  state: OrderState;
  vendorCallId: string | null;
  reason: string | null;
  code: string | null;
  sentAt: Instant;
  looks: number;
  /** The type of the last event of it. */
  told: string | null;
}

/** What is needed to ask a PBX what it lists. */
export interface HotPbxAccount {
  connectionId: ConnectionId;
  tenantId: TenantId;
  dialect: string;
  country: string;
  timeZone: string;
  settings: Record<string, unknown>;
  sealedSecrets: string;
  numbers: 'local' | 'e164' | 'e164_plus' | null;
  enabled: boolean;
  sealedToken: string | null;
  tokenExpiresAt: Instant | null;
  version: number;
  /** What its webhooks tell speaks against finding a call by its time. */
  isClockDoubtful: boolean;
}

type Row = Record<string, unknown>;

const DUE = `
SELECT d.id, d.tenant_id, d.source, d.kind, d.agent_id, d.extension, d.phone, d.request, d.state, d.vendor_call_id, d.reason, d.code,
  (extract(epoch FROM d.sent_at) * 1000)::float8 AS sent_at, d.looks, d.told
FROM dial_attempt d WHERE d.connection_id = $1 AND d.look_at <= now() ORDER BY d.look_at LIMIT $2::int`;

/** Of several calls that had one id the last one. */
const CALLS_BY_ID = `
SELECT DISTINCT ON (c.vendor_call_id) c.id, c.vendor_call_id, c.record
FROM call c WHERE c.connection_id = $1 AND c.vendor_call_id = ANY($2::text[])
ORDER BY c.vendor_call_id, c.occurrence DESC`;

/** Calls with a number that began around a time: the first that fits is believed where the PBX gave no id. */
const CALLS_BY_PARTIES = `
SELECT c.id, c.vendor_call_id, c.record FROM call c
WHERE c.tenant_id = $2 AND c.customer_number = ANY($3::text[]) AND c.connection_id = $1
  AND c.started_at BETWEEN to_timestamp($4::float8 / 1000) - interval '90 s' AND to_timestamp($4::float8 / 1000) + interval '90 s'
  AND ($5::text IS NULL OR c.extension IS NULL OR c.extension = $5::text)
  AND NOT EXISTS (SELECT 1 FROM dial_attempt o WHERE o.connection_id = c.connection_id AND o.vendor_call_id = c.vendor_call_id
    AND o.id <> $6::uuid)
ORDER BY c.started_at LIMIT 1`;

/** Where it is only known now which call it is, what was ordered is remembered for that call: see `rememberOrder`. */
const MOVE = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('order', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
), moved AS (
UPDATE dial_attempt d SET state = $4::text,
  -- What was said of the state before does not hold of another.
  reason = CASE WHEN d.state = $4::text THEN coalesce($5::text, d.reason) ELSE $5::text END,
  vendor_call_id = coalesce(d.vendor_call_id, $6::text), ended_at = coalesce(to_timestamp($7::float8 / 1000), d.ended_at),
  look_at = to_timestamp($8::float8 / 1000), looks = d.looks + 1
FROM fence WHERE d.id = $3::uuid AND d.connection_id = fence.id AND d.state = ANY($9::text[])
RETURNING d.connection_id, d.tenant_id, d.vendor_call_id
), remembered AS (
INSERT INTO call_context AS known (connection_id, vendor_call_id, tenant_id, data, created_at, updated_at)
SELECT m.connection_id, m.vendor_call_id, m.tenant_id, $10::jsonb, clock_timestamp(), clock_timestamp()
FROM moved m WHERE $10::jsonb IS NOT NULL AND m.vendor_call_id = $6::text
ON CONFLICT (connection_id, vendor_call_id) DO UPDATE SET
  data = CASE WHEN known.updated_at > clock_timestamp() - interval '1 day' THEN known.data || EXCLUDED.data ELSE EXCLUDED.data END,
  updated_at = greatest(clock_timestamp(), known.updated_at + interval '1 ms')
)
SELECT 1 FROM moved`;

const ACCOUNT = `
SELECT a.connection_id, a.tenant_id, c.dialect, c.country, c.time_zone, a.settings, a.sealed_secrets, a.numbers, a.enabled,
  a.sealed_token, (extract(epoch FROM a.token_expires_at) * 1000)::float8 AS token_expires_at, a.version,
  (SELECT m.memo FROM mailbox m WHERE m.kind = 'connection' AND m.id = a.connection_id) AS memo
FROM pbx_account a JOIN connection c ON c.id = a.connection_id WHERE a.connection_id = $1`;

const KEEP_TOKEN = `
UPDATE pbx_account SET sealed_token = $3, token_expires_at = to_timestamp($4::float8 / 1000)
WHERE connection_id = $1 AND version = $2`;

/** The statements by which orders are looked after: those of one connection at a time. */
export class OrderStore {
  constructor(private readonly hot: HotPool) {}

  /** Those that have been due for longest. */
  async due(connectionId: ConnectionId, most: number): Promise<DueOrder[]> {
    const rows = await this.hot.run<Row>('order.due', DUE, [connectionId, most]);
    return rows.map((row) => dueOf(row, connectionId));
  }

  /** Our records of calls by the PBX's ids of them. */
  async callsById(connectionId: ConnectionId, vendorCallIds: readonly string[]): Promise<Map<string, Call>> {
    if (vendorCallIds.length === 0) return new Map();
    const rows = await this.hot.run<Row>('order.calls', CALLS_BY_ID, [
      connectionId,
      pgArray.text([...vendorCallIds]),
    ]);
    return new Map(rows.map((row) => [row['vendor_call_id'] as string, callOf(row, connectionId)]));
  }

  /** The call that the PBX made of an order without saying its id; undefined where none fits. */
  async callLike(order: DueOrder): Promise<Call | undefined> {
    if (order.phone === null) return undefined;
    const [row] = await this.hot.run<Row>('order.call_like', CALLS_BY_PARTIES, [
      order.connectionId,
      order.tenantId,
      pgArray.text([...numberVariants(order.phone)]),
      order.sentAt,
      order.extension,
      order.id,
    ]);
    return row && callOf(row, order.connectionId);
  }

  /** @returns false where the lease was lost, or somebody else has brought it further */
  async move({ connectionId, fence }: OrderOwner, order: DueOrder, news: OrderNews): Promise<boolean> {
    const from = news.state === order.state ? [order.state] : statesBefore(news.state);
    const rows = await this.hot.run('order.move', MOVE, [
      connectionId,
      fence,
      order.id,
      news.state,
      withoutNul(news.reason),
      withoutNul(news.vendorCallId),
      news.endedAt,
      news.lookAt,
      pgArray.text(from),
      order.vendorCallId === null && news.vendorCallId !== null
        ? contextOfOrder(order.id, order.order)
        : null,
    ]);
    return rows.length > 0;
  }

  /** Undefined where the connection has no account any more. */
  async account(connectionId: ConnectionId): Promise<HotPbxAccount | undefined> {
    const [row] = await this.hot.run<Row>('order.account', ACCOUNT, [connectionId]);
    return row && accountOf(row);
  }

  async keepToken(
    { connectionId, version }: Pick<HotPbxAccount, 'connectionId' | 'version'>,
    token: { sealed: string; expiresAt: Instant },
  ): Promise<void> {
    await this.hot.run('order.keep_token', KEEP_TOKEN, [
      connectionId,
      version,
      token.sealed,
      token.expiresAt,
    ]);
  }
}

function dueOf(row: Row, connectionId: ConnectionId): DueOrder {
  return {
    id: id<OrderId>(row['id'] as string),
    tenantId: id<TenantId>(row['tenant_id'] as string),
    connectionId,
    source: row['source'] as OrderSource,
    kind: row['kind'] as OrderKind,
    agentId: row['agent_id'] as AgentId | null,
    extension: row['extension'] as string | null,
    phone: row['phone'] as string | null,
    order: row['request'] as Order,
    state: row['state'] as OrderState,
    vendorCallId: row['vendor_call_id'] as string | null,
    reason: row['reason'] as string | null,
    code: row['code'] as string | null,
    sentAt: instant(row['sent_at'] as number),
    looks: row['looks'] as number,
    told: row['told'] as string | null,
  };
}

function callOf(row: Row, connectionId: ConnectionId): Call {
  const ids = {
    id: id<CallId>(row['id'] as string),
    connectionId,
    vendorCallId: row['vendor_call_id'] as string,
  };
  return restoreCall(ids, row['record'] as StoredCall);
}

function accountOf(row: Row): HotPbxAccount {
  const expires = row['token_expires_at'] as number | null;
  return {
    connectionId: id<ConnectionId>(row['connection_id'] as string),
    tenantId: id<TenantId>(row['tenant_id'] as string),
    dialect: row['dialect'] as string,
    country: row['country'] as string,
    timeZone: row['time_zone'] as string,
    settings: row['settings'] as Record<string, unknown>,
    sealedSecrets: row['sealed_secrets'] as string,
    numbers: row['numbers'] as HotPbxAccount['numbers'],
    enabled: row['enabled'] as boolean,
    sealedToken: row['sealed_token'] as string | null,
    tokenExpiresAt: expires === null ? null : instant(expires),
    version: row['version'] as number,
    isClockDoubtful: isClockDoubtful(readHealth(row['memo']).clock),
  };
}
