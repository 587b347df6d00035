import {
  instant,
  type CallId,
  type CallLeg,
  type ConnectionId,
  type ReceiptId,
  type StoredCall,
  type TenantId,
} from '#domain';
import { newId } from '#platform';
import { sampleLeg } from '../../apps/api/endpoints/sample-call.js';
import type { Sql } from '../harness/world.js';

type Owner = { id: ConnectionId; tenantId: TenantId };

export interface CallTraits {
  startedAt?: number;
  customerNumber?: string;
  extension?: string;
  result?: string;
  direction?: string;
  vendorCallId?: string;
  ringSeconds?: number;
  talkSeconds?: number;
  missed?: boolean;
  recorded?: boolean;
  agentCode?: string;
  queueId?: string;
  /** What its one leg is like. */
  leg?: Partial<CallLeg>;
}

/** A call as the enricher would have written it. */
export async function makeCall(sql: Sql, of: Owner, traits: CallTraits = {}): Promise<CallId> {
  const callId = newId<CallId>();
  const startedAt = traits.startedAt ?? Date.now();
  const vendorCallId = traits.vendorCallId ?? `vendor-${callId}`;
  const leg = { ...sampleLeg(instant(startedAt)), startedAt, ...traits.leg };
  const record: StoredCall = { legs: [leg as CallLeg], closedAt: instant(startedAt), told: ['call.ended'] };
  await sql.rows(
    `INSERT INTO call (id, tenant_id, connection_id, vendor_call_id, started_at, direction, result, extension,
                       customer_number, sequence, record, updated_at, ring_seconds, talk_seconds, missed, recorded, agent_code,
                       queue_id)
     VALUES ($1, $2, $3, $4, to_timestamp($5 / 1000.0), $6, $7, $8, $9, 1, $10, now(), $11, $12, $13, $14, $15, $16)`,
    [
      callId,
      of.tenantId,
      of.id,
      vendorCallId,
      startedAt,
      traits.direction ?? 'inbound',
      traits.result ?? 'answered',
      traits.extension ?? '101',
      traits.customerNumber ?? '+441632960001',
      JSON.stringify(record),
      traits.ringSeconds ?? null,
      traits.talkSeconds ?? null,
      traits.missed ?? false,
      traits.recorded ?? false,
      traits.agentCode ?? null,
      traits.queueId ?? null,
    ],
  );
  return callId;
}

export interface ReceiptTraits {
  state?: 'due' | 'done' | 'unparsed' | 'set_aside';
  headers?: Record<string, string>;
  body?: string;
}

/** A webhook that was kept before. */
export async function makeReceipt(sql: Sql, of: Owner, traits: ReceiptTraits = {}): Promise<ReceiptId> {
  const receiptId = newId<ReceiptId>();
  await sql.rows(
    `INSERT INTO receipt (id, tenant_id, connection_id, received_at, route, method, query, headers, body, source_ip, state, reason)
     VALUES ($1, $2, $3, now(), 'cdr', 'POST', '', $4, $5, '203.0.113.7', $6, $7)`,
    [
      receiptId,
      of.tenantId,
      of.id,
      JSON.stringify(traits.headers ?? { 'content-type': 'text/html' }),
      Buffer.from(traits.body ?? '<b>not JSON</b>'),
      traits.state ?? 'unparsed',
      (traits.state ?? 'unparsed') === 'unparsed' ? 'no CDR in it' : null,
    ],
  );
  return receiptId;
}
