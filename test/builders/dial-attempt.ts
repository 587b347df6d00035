import { randomBytes } from 'node:crypto';
import { orderOf, type Order, type OrderId, type OrderKind, type OrderState } from '#domain';
import { sealedFor } from '#db';
import { SecretBox, newId } from '#platform';
import { SECRET_KEYS, type TestConnection } from '../harness/tenant.js';
import type { Sql } from '../harness/world.js';

export const ORDERED_NUMBER = '+972502345678';

export interface DialAttemptTraits {
  state?: OrderState;
  kind?: OrderKind;
  /** Null for a call inside. */
  phone?: string | null;
  extension?: string | null;
  vendorCallId?: string | null;
  reason?: string | null;
  told?: string | null;
  sentAgoMs?: number;
  /** Null: nobody looks at it any more. */
  lookInMs?: number | null;
  order?: Partial<Order>;
}

/** An order as the gate would have written it, and whoever looked after it since. */
export async function makeOrder(
  sql: Sql,
  { id: connectionId, tenantId }: Pick<TestConnection, 'id' | 'tenantId'>,
  traits: DialAttemptTraits = {},
): Promise<OrderId> {
  const orderId = newId<OrderId>();
  const { phone = ORDERED_NUMBER, extension = '101', kind = 'call', lookInMs = 0 } = traits;
  const first = { kind: 'extension', value: extension ?? '' } as const;
  const second = phone === null ? null : ({ kind: 'number', value: phone } as const);
  await sql.rows(
    `INSERT INTO dial_attempt (id, tenant_id, connection_id, source, actor, kind, phone, extension, request, same_key, state,
                               vendor_call_id, reason, told, sent_at, look_at)
     VALUES ($1, $2, $3, 'api', 'key:1', $4, $5, $6, $7, $8, $9, $10, $11, $12, now() - $13::float8 * interval '1 ms',
             now() + $14::float8 * interval '1 ms')`,
    [
      ...[orderId, tenantId, connectionId, kind, phone, extension],
      JSON.stringify(orderOf(kind, first, second, traits.order)),
      randomBytes(32),
      traits.state ?? 'sending',
      ...[traits.vendorCallId ?? null, traits.reason ?? null, traits.told ?? null],
      traits.sentAgoMs ?? 0,
      lookInMs,
    ],
  );
  return orderId;
}

/** The account of a connection's PBX, its secrets sealed as every test's are. */
export async function makeAccount(
  sql: Sql,
  { id: connectionId, tenantId }: Pick<TestConnection, 'id' | 'tenantId'>,
  { enabled = true, perSecond = 100, atOnce = 100 } = {},
): Promise<void> {
  const sealed = SecretBox.fromKeys(SECRET_KEYS).seal('{"password":"x"}', sealedFor.pbxSecrets(connectionId));
  await sql.rows(
    `INSERT INTO pbx_account (id, tenant_id, connection_id, sealed_secrets, enabled, per_second, at_once, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now())`,
    [newId(), tenantId, connectionId, sealed, enabled, perSecond, atOnce],
  );
}

/** The account of a simulated Voicenter, all of whose APIs are at one URL. */
export async function makeVoicenterAccount(
  sql: Sql,
  { id: connectionId, tenantId }: Pick<TestConnection, 'id' | 'tenantId'>,
  { url, secrets }: { url: string; secrets: Readonly<Record<string, string>> },
): Promise<void> {
  const sealed = SecretBox.fromKeys(SECRET_KEYS).seal(
    JSON.stringify(secrets),
    sealedFor.pbxSecrets(connectionId),
  );
  const settings = { api_url: url, history_url: url, monitor_url: url, login_url: url };
  await sql.rows(
    `INSERT INTO pbx_account (id, tenant_id, connection_id, settings, sealed_secrets, enabled, per_second, at_once, created_at,
                              updated_at)
     VALUES ($1, $2, $3, $4, $5, true, 100, 100, now(), now())`,
    [newId(), tenantId, connectionId, JSON.stringify(settings), sealed],
  );
}
