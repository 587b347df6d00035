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
import type { DialAttempt, PbxAccount } from '../generated/client.js';
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
  await tx.$queryRaw`
    SELECT 1 FROM pbx_account WHERE connection_id = ${connectionId}::uuid AND tenant_id = ${tenant}::uuid FOR UPDATE`;
  return tx.pbxAccount.findFirst({ where: { connectionId, tenantId: tenant } });
}

export function sameOrder(
  tx: Tx,
  tenant: TenantId,
  sameKey: Uint8Array,
  now: Instant,
): Promise<DialAttempt | null> {
  return tx.dialAttempt.findFirst({
    where: {
      sameKey: Buffer.from(sameKey),
      sentAt: { gt: new Date(now - SAME_ORDER_MS) },
      tenantId: tenant,
    },
    orderBy: { sentAt: 'desc' },
  });
}

/** Which of these are on the tenant's list. @param phones  keys of numbers */
export async function onList(tx: Tx, tenant: TenantId, phones: readonly string[]): Promise<string[]> {
  if (phones.length === 0) return [];
  const rows = await tx.doNotCall.findMany({
    select: { phone: true },
    where: { tenantId: tenant, phone: { in: [...phones] } },
  });
  return rows.map(({ phone }) => phone);
}

/** Orders that were sent and not answered. */
export function underWay(tx: Tx, connectionId: ConnectionId): Promise<number> {
  return tx.dialAttempt.count({ where: { connectionId, state: 'sending' } });
}

/**
 * Whether another order of the tenant has the number. One whose call is over by our own record is ended here: nobody has to wait
 * until somebody looks.
 */
export async function isOpenNumber(
  tx: Tx,
  tenant: TenantId,
  phone: string | null,
  now: Instant,
): Promise<boolean> {
  if (phone === null) return false;
  const open = await tx.dialAttempt.findFirst({
    where: { tenantId: tenant, phone, state: { in: [...OPEN_ORDER_STATES] } },
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
