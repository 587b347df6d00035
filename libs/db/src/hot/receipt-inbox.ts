import type { ConnectionId, Instant, ReceiptId, TenantId } from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';
import { withoutNul } from './without-nul.js';

/** One webhook, exactly as it came, ready to be kept. */
export interface NewReceipt {
  id: ReceiptId;
  tenantId: TenantId;
  connectionId: ConnectionId;
  receivedAt: Instant;
  route: string;
  method: string;
  query: string;
  headers: Record<string, unknown>;
  body: Uint8Array;
  /** Null when the sender was gone before it could be asked for. */
  sourceIp: string | null;
  /** What was odd about the request; null where nothing was. */
  note?: string | null;
  /** Bytes that came after the announced length. */
  surplus?: Uint8Array | null;
  /** Ids by which the PBX calls its calls; null where they were not looked for. */
  vendorCallIds?: readonly string[] | null;
  /** Set when it could not be read: it is kept, listed and replayable, and nobody works on it. */
  unparsedReason: string | null;
}

const INSERT = `
INSERT INTO receipt (id, tenant_id, connection_id, received_at, route, method, query, headers, body, source_ip, state, reason, note, surplus,
                     vendor_call_ids)
SELECT r.id, r.tenant_id, r.connection_id, to_timestamp(r.received_at / 1000.0), r.route, r.method, r.query,
       r.headers::json, r.body, r.source_ip, CASE WHEN r.reason IS NULL THEN 'due' ELSE 'unparsed' END, r.reason,
       r.note, r.surplus, r.vendor_call_ids::text[]
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::float8[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::bytea[], $10::text[], $11::text[], $12::text[], $13::bytea[], $14::text[])
  AS r(id, tenant_id, connection_id, received_at, route, method, query, headers, body, source_ip, reason, note, surplus,
       vendor_call_ids)`;

/** An array of texts as PostgreSQL reads it: an array of arrays would have to be of one length. */
function arrayText(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${withoutNul(text).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/** A commit costs the same for one webhook as for ten, so those that follow each other closely wait for company. */
const APART_MS = 6;

/** Keeps webhooks. Those that arrive together are committed together. */
export class ReceiptInbox {
  private readonly batcher: Batcher<readonly NewReceipt[], undefined>;

  constructor(private readonly hot: HotPool) {
    this.batcher = new Batcher({
      maxItems: 500,
      maxInFlight: 2,
      apartMs: APART_MS,
      run: (messages) => this.insert(messages),
    });
  }

  /**
   * Resolves when the receipts of one message, mostly one, are committed: all or none of them.
   *
   * @throws AppError `database.unavailable`
   */
  async keep(...receipts: readonly NewReceipt[]): Promise<void> {
    await this.batcher.add(receipts);
  }

  private async insert(messages: (readonly NewReceipt[])[]): Promise<undefined[]> {
    const receipts = messages.flat();
    const { uuid, text, float8, bytea } = pgArray;
    await this.hot.run(
      'receipt.insert',
      INSERT,
      [
        uuid(receipts.map((r) => r.id)),
        uuid(receipts.map((r) => r.tenantId)),
        uuid(receipts.map((r) => r.connectionId)),
        float8(receipts.map((r) => r.receivedAt)),
        text(receipts.map((r) => r.route)),
        text(receipts.map((r) => r.method)),
        text(receipts.map((r) => r.query)),
        text(receipts.map((r) => JSON.stringify(r.headers))),
        bytea(receipts.map((r) => r.body)),
        text(receipts.map((r) => r.sourceIp)),
        text(receipts.map((r) => r.unparsedReason)),
        text(receipts.map((r) => r.note ?? null)),
        bytea(receipts.map((r) => r.surplus ?? null)),
        text(receipts.map((r) => (r.vendorCallIds ? arrayText(r.vendorCallIds) : null))),
      ],
      receipts.length,
    );
    return messages.map(() => undefined);
  }
}
