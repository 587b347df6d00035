import type { CallWrite, DeliveryWrite, Enrichment, EventWrite, ReceiptMark } from './enrichment.js';
import { storedCall } from '#domain';
import { pgArray } from './pg-array.js';
import { storableJson } from './storable-json.js';
import { withoutNul } from './without-nul.js';

const { uuid, text, float8, int2, int4, int8 } = pgArray;

/** A row with the connection's enrichment that it belongs to. */
interface Of<Row> {
  row: Row;
  of: Enrichment;
}

function rowsOf<Row>(items: readonly Enrichment[], pick: (item: Enrichment) => readonly Row[]): Of<Row>[] {
  return items.flatMap((of) => pick(of).map((row) => ({ row, of })));
}

/** The parameters of WRITE_ENRICHMENT, in its order: one array a column. */
export function writeParameters(items: readonly Enrichment[]): Buffer[] {
  return [
    uuid(items.map((item) => item.connectionId)),
    int8(items.map((item) => item.fence)),
    ...receiptColumns(rowsOf(items, ({ receipts }) => receipts)),
    ...callColumns(rowsOf(items, ({ calls }) => calls)),
    ...eventColumns(rowsOf(items, ({ events }) => events)),
    ...deliveryColumns(rowsOf(items, ({ deliveries }) => deliveries)),
  ];
}

function receiptColumns(receipts: readonly Of<ReceiptMark>[]): Buffer[] {
  return [
    uuid(receipts.map(({ row }) => row.id)),
    uuid(receipts.map(({ of }) => of.connectionId)),
    text(receipts.map(({ row }) => row.state)),
    text(receipts.map(({ row }) => withoutNul(row.reason))),
    int2(receipts.map(({ row }) => row.tries)),
  ];
}

function callColumns(calls: readonly Of<CallWrite>[]): Buffer[] {
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
    text(calls.map(({ row }) => storableJson(storedCall(row.call)))),
  ];
}

function eventColumns(events: readonly Of<EventWrite>[]): Buffer[] {
  return [
    uuid(events.map(({ row }) => row.id)),
    uuid(events.map(({ of }) => of.connectionId)),
    uuid(events.map(({ of }) => of.tenantId)),
    uuid(events.map(({ row }) => row.callId)),
    uuid(events.map(({ row }) => row.receiptId)),
    text(events.map(({ row }) => row.type)),
    int4(events.map(({ row }) => row.sequence)),
    float8(events.map(({ row }) => row.occurredAt)),
    text(events.map(({ row }) => storableJson(row.data))),
  ];
}

function deliveryColumns(deliveries: readonly Of<DeliveryWrite>[]): Buffer[] {
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
