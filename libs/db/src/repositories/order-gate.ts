/** What the gate of an order reads, each a part of the transaction that writes the order. */
import {
  OPEN_ORDER_STATES,
  id,
  restoreCall,
  type Call,
  type CallId,
  type ConnectionId,
  type Instant,
  type OrderState,
  type StoredCall,
  type TenantId,
} from '#domain';
import type { PbxAccount } from '../generated/client.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import { dateOf } from './times.js';

/** The same order within so long is a double click, or a proxy that asks again. */
const SAME_ORDER_MS = 2_000;

/** Locks the account: orders of one PBX are judged one after the other, whichever process they come to. */
export async function lockAccount(
  tx: Tx,
  tenant: TenantId,
  connectionId: ConnectionId,
): Promise<PbxAccount | null> {
  const rows = await tx.$queryRaw<PbxAccount[]>`
    SELECT id, tenant_id AS "tenantId", connection_id AS "connectionId", settings, sealed_secrets AS "sealedSecrets", numbers, enabled,
      per_second AS "perSecond", at_once AS "atOnce", tokens, tokens_at AS "tokensAt", sealed_token AS "sealedToken",
      token_expires_at AS "tokenExpiresAt", version, created_at AS "createdAt", updated_at AS "updatedAt"
    FROM pbx_account WHERE connection_id = ${connectionId}::uuid AND tenant_id = ${tenant}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

/** What there is beside an order. */
export interface BesideOrder {
  /** The same order of a moment ago. */
  sameId: string | null;
  /** Orders of the connection that were sent and not answered. */
  underWay: number;
  /** Another order of the tenant's that has the number, as far as orders tell: see `isOpenNumber`. */
  openId: string | null;
  /** Of the numbers, those that are on the tenant's list. */
  onList: string[];
}

/**
 * In one statement: the account is locked meanwhile, and the next order of the same PBX waits.
 *
 * @param askedAt  of the order: a click is as double as it was clicked, also where it has waited for its turn
 */
export async function besideOrder(
  tx: Tx,
  tenant: TenantId,
  order: { connectionId: ConnectionId; sameKey: Uint8Array; phone: string | null; listed: readonly string[] },
  askedAt: Instant,
): Promise<BesideOrder> {
  const { connectionId, sameKey, phone, listed } = order;
  const rows = await tx.$queryRaw<BesideOrder[]>`
    SELECT
      (SELECT id FROM dial_attempt WHERE same_key = ${Buffer.from(sameKey)} AND sent_at > ${new Date(askedAt - SAME_ORDER_MS)}
        AND tenant_id = ${tenant}::uuid ORDER BY sent_at DESC LIMIT 1) AS "sameId",
      (SELECT count(*)::int FROM dial_attempt WHERE connection_id = ${connectionId}::uuid AND tenant_id = ${tenant}::uuid
        AND state = 'sending') AS "underWay",
      (SELECT id FROM dial_attempt WHERE tenant_id = ${tenant}::uuid AND phone = ${phone}::text
        AND state = ANY(${[...OPEN_ORDER_STATES]}::text[]) LIMIT 1) AS "openId",
      ARRAY(SELECT phone FROM do_not_call WHERE tenant_id = ${tenant}::uuid AND phone = ANY(${[...listed]}::text[])) AS "onList"`;
  return rows[0] ?? { sameId: null, underWay: 0, openId: null, onList: [] };
}

/**
 * Whether another order of the tenant has the number. One whose call is over by our own record is ended here: nobody has to wait
 * until somebody looks.
 */
export async function isOpenNumber(
  tx: Tx,
  tenant: TenantId,
  { openId }: Pick<BesideOrder, 'openId'>,
  now: Instant,
): Promise<boolean> {
  if (openId === null) return false;
  const open = await tx.dialAttempt.findFirst({
    where: { id: openId, tenantId: tenant, state: { in: [...OPEN_ORDER_STATES] } },
  });
  if (open === null) return false;
  if (open.vendorCallId === null || !ENDS_BY_RECORD.includes(open.state as OrderState)) return true;
  const call = await callOfOrder(tx, id<ConnectionId>(open.connectionId), open.vendorCallId);
  if (call?.state !== 'ended') return true;
  await tx.dialAttempt.update({
    where: { id: open.id },
    data: { state: 'ended', endedAt: dateOf(call.endedAt ?? now), lookAt: dateOf(now) },
  });
  return false;
}

const ENDS_BY_RECORD: OrderState[] = ['accepted', 'ringing', 'answered'];

/** The last call that the PBX gave this id. */
export async function callOfOrder(
  tx: Tx,
  connectionId: ConnectionId,
  vendorCallId: string,
): Promise<Call | undefined> {
  const row = await tx.call.findFirst({
    select: { id: true, record: true },
    where: { connectionId, vendorCallId },
    orderBy: { occurrence: 'desc' },
  });
  if (row === null) return undefined;
  const ids = { id: id<CallId>(row.id), connectionId, vendorCallId };
  return restoreCall(ids, row.record as unknown as StoredCall);
}
