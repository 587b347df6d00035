import type { NewReceipt } from './new-receipt.js';
import { pgArray } from './pg-array.js';
import { withoutNul } from './without-nul.js';

/** `INSERT INTO receipt` up to its `FROM`: rows are called `r`. */
export const INSERT_RECEIPTS = `
INSERT INTO receipt (id, tenant_id, connection_id, received_at, route, method, query, headers, body, source_ip, state, reason, note, surplus,
                     vendor_call_ids)
SELECT r.id, r.tenant_id, r.connection_id, to_timestamp(r.received_at / 1000.0), r.route, r.method, r.query,
       r.headers::json, r.body, r.source_ip, CASE WHEN r.reason IS NULL THEN 'due' ELSE 'unparsed' END, r.reason,
       r.note, r.surplus, r.vendor_call_ids::text[]`;

/** The rows `r`, of the first 14 parameters. */
export const RECEIPT_ROWS = receiptRows();

/** @param more  a further column: its name, and the parameter with its values */
export function receiptRows(more?: { name: string; values: string }): string {
  const [values, name] = more === undefined ? ['', ''] : [`, ${more.values}`, `, ${more.name}`];
  return `
unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::float8[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::bytea[], $10::text[], $11::text[], $12::text[], $13::bytea[], $14::text[]${values})
  AS r(id, tenant_id, connection_id, received_at, route, method, query, headers, body, source_ip, reason, note, surplus,
       vendor_call_ids${name})`;
}

/** Those parameters. */
export function receiptValues(receipts: readonly NewReceipt[]): unknown[] {
  const { uuid, text, float8, bytea } = pgArray;
  return [
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
  ];
}

/** An array of texts as PostgreSQL reads it: an array of arrays would have to be of one length. */
function arrayText(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${withoutNul(text).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
