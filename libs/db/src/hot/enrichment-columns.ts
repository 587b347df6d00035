import { storedCall } from '#domain';
import { countedColumns } from './counted-columns.js';
import type { CallWrite, DeliveryWrite, Enrichment } from './enrichment.js';
import { backColumns } from './give-back.js';
import { pgArray } from './pg-array.js';
import { storableJson } from './storable-json.js';
import { withoutNul } from './without-nul.js';

/** What `WRITE_ENRICHMENT` takes, in its order. */
export interface EnrichmentColumns {
  columns: Buffer[];
  /** What `WRITE_ENRICHMENT_LIVE` takes beside; none where nobody listens. */
  live: Buffer[];
  /** Rows in all of them. */
  size: number;
}

export function columnsOf(items: readonly Enrichment[]): EnrichmentColumns {
  const receipts = items.flatMap((item) => item.receipts.map((row) => ({ row, of: item })));
  const calls = items.flatMap((item) => item.calls.map((row) => ({ row, of: item })));
  const events = items.flatMap((item) => item.events.map((row) => ({ row, of: item })));
  const deliveries = items.flatMap((item) => item.deliveries.map((row) => ({ row, of: item })));
  const live = items.flatMap((item) => (item.live ?? []).map((row) => ({ row, of: item })));
  const { uuid, text, float8, int2, int4, int8 } = pgArray;
  const columns = [
    uuid(items.map((item) => item.connectionId)),
    int8(items.map((item) => item.fence)),
    uuid(receipts.map(({ row }) => row.id)),
    uuid(receipts.map(({ of }) => of.connectionId)),
    text(receipts.map(({ row }) => row.state)),
    text(receipts.map(({ row }) => withoutNul(row.reason))),
    int2(receipts.map(({ row }) => row.tries)),
    ...callColumns(calls),
    uuid(events.map(({ row }) => row.id)),
    uuid(events.map(({ of }) => of.connectionId)),
    uuid(events.map(({ of }) => of.tenantId)),
    uuid(events.map(({ row }) => row.callId)),
    uuid(events.map(({ row }) => row.receiptId)),
    text(events.map(({ row }) => row.type)),
    int4(events.map(({ row }) => row.sequence)),
    float8(events.map(({ row }) => row.occurredAt)),
    text(textsOf(events.map(({ row }) => row.data))),
    ...deliveryColumns(deliveries),
    ...backColumns(
      items.map(({ connectionId: mailbox, fence, givesBack }) => ({ mailbox, fence, givesBack })),
    ),
    ...countedColumns(calls.map(({ row }) => row)),
  ];
  const size = receipts.length + calls.length + events.length + deliveries.length + live.length;
  return { columns, live: live.length === 0 ? [] : liveColumns(live), size };
}

function deliveryColumns(deliveries: { row: DeliveryWrite; of: Enrichment }[]): Buffer[] {
  const { uuid, text, int4 } = pgArray;
  return [
    uuid(deliveries.map(({ row }) => row.id)),
    uuid(deliveries.map(({ of }) => of.connectionId)),
    uuid(deliveries.map(({ of }) => of.tenantId)),
    uuid(deliveries.map(({ row }) => row.endpointId)),
    uuid(deliveries.map(({ row }) => row.eventId)),
    uuid(deliveries.map(({ row }) => row.callId)),
    text(deliveries.map(({ row }) => row.eventType)),
    int4(deliveries.map(({ row }) => row.sequence)),
    text(deliveries.map(({ row }) => row.heldReason)),
  ];
}

function liveColumns(live: { row: unknown; of: Enrichment }[]): Buffer[] {
  const { uuid, text } = pgArray;
  return [
    uuid(live.map(({ of }) => of.connectionId)),
    uuid(live.map(({ of }) => of.tenantId)),
    text(live.map(({ row }) => storableJson(row))),
  ];
}

function callColumns(calls: { row: CallWrite; of: Enrichment }[]): Buffer[] {
  const { uuid, text, float8, int4 } = pgArray;
  return [
    uuid(calls.map(({ row }) => row.call.id)),
    uuid(calls.map(({ of }) => of.tenantId)),
    uuid(calls.map(({ of }) => of.connectionId)),
    text(calls.map(({ row }) => withoutNul(row.call.vendorCallId))),
    float8(calls.map(({ row }) => row.startedAt)),
    text(calls.map(({ row }) => row.call.direction)),
    text(calls.map(({ row }) => row.call.result)),
    text(calls.map(({ row }) => withoutNul(row.call.extension))),
    text(calls.map(({ row }) => withoutNul(row.customerNumber))),
    text(calls.map(({ row }) => withoutNul(row.call.did?.e164 ?? row.call.did?.original ?? null))),
    int4(calls.map(({ row }) => row.sequence)),
    text(calls.map(({ row }) => storableJson(storedCall(row.call, row.told)))),
    float8(calls.map(({ row }) => row.settleAt)),
    int4(calls.map(({ row }) => row.occurrence)),
  ];
}

/** Events of one message tell the same data, as the same object: it is written out once. */
function textsOf(data: readonly unknown[]): string[] {
  const texts = new Map<unknown, string>();
  return data.map((one) => {
    const text = texts.get(one) ?? storableJson(one);
    texts.set(one, text);
    return text;
  });
}
