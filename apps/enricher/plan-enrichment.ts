import {
  callView,
  foldCall,
  whoIsTold,
  type Call,
  type CallEventId,
  type CallId,
  type DeliveryId,
  type Instant,
} from '#domain';
import type {
  CallWrite,
  DeliveryWrite,
  Enrichment,
  EnrichmentContext,
  EventWrite,
  KnownCall,
  ReceiptMark,
} from '#db';
import type { ReadReceipt } from './read-receipts.js';

/** A letter that makes its handler throw is tried this often, then set aside (design: architecture, "Failure"). */
export const MOST_TRIES = 3;

/** New ids, in rising order. */
export interface NewIds {
  call: () => CallId;
  event: () => CallEventId;
  delivery: () => DeliveryId;
}

export interface PlanInput {
  context: EnrichmentContext;
  fence: string;
  read: readonly ReadReceipt[];
  /** Calls that are known already, by the vendor's id. */
  known: ReadonlyMap<string, KnownCall>;
  ids: NewIds;
}

interface Draft {
  call: Call;
  sequence: number;
  /** When its first message came, for calls whose own start is not known. */
  seenAt: Instant;
  changed: boolean;
}

/**
 * Decides what a batch of receipts changes: the records of their calls, the events that follow, and who is owed them.
 * Receipts are taken in the order given; a replay or a duplicate changes nothing. Pure but for the ids.
 */
export function planEnrichment({ context, fence, read, known, ids }: PlanInput): Enrichment {
  const drafts = new Map<string, Draft>();
  const receipts: ReceiptMark[] = [];
  const events: EventWrite[] = [];
  const deliveries: DeliveryWrite[] = [];
  for (const entry of read) {
    receipts.push(markOf(entry));
    if (entry.ok !== true) continue;
    for (const vendorCallId of new Set(entry.legs.map((leg) => leg.vendorCallId))) {
      const legs = entry.legs.filter((leg) => leg.vendorCallId === vendorCallId).map(({ leg }) => leg);
      const before = drafts.get(vendorCallId) ?? draftOf(known.get(vendorCallId));
      const { call, changed } = foldCall(before?.call ?? null, legs, {
        id: before?.call.id ?? ids.call(),
        connectionId: context.connectionId,
        vendorCallId,
      });
      if (!changed) continue;
      const sequence = (before?.sequence ?? 0) + 1;
      const seenAt = before?.seenAt ?? entry.receipt.receivedAt;
      drafts.set(vendorCallId, { call, sequence, seenAt, changed });
      const event: EventWrite = {
        id: ids.event(),
        callId: call.id,
        receiptId: entry.receipt.id,
        // The first report of a finished call ends it; whatever is told of it later is an update.
        type: sequence === 1 ? 'call.ended' : 'call.updated',
        sequence,
        occurredAt: sequence === 1 ? (call.endedAt ?? entry.receipt.receivedAt) : entry.receipt.receivedAt,
        data: callView(call),
      };
      events.push(event);
      deliveries.push(...deliveriesOf(event, context.endpoints, ids));
    }
  }
  return {
    tenantId: context.tenantId,
    connectionId: context.connectionId,
    fence,
    receipts,
    calls: [...drafts.values()].filter(({ changed }) => changed).map(callWrite),
    events,
    deliveries,
  };
}

function deliveriesOf(
  event: EventWrite,
  endpoints: EnrichmentContext['endpoints'],
  ids: Pick<NewIds, 'delivery'>,
): DeliveryWrite[] {
  return whoIsTold(event, endpoints).map((endpoint) => ({
    id: ids.delivery(),
    endpointId: endpoint.id,
    eventId: event.id,
    callId: event.callId,
    eventType: event.type,
    sequence: event.sequence,
    heldReason: endpoint.enabled ? null : 'endpoint disabled',
  }));
}

function draftOf(known: KnownCall | undefined): Draft | undefined {
  if (!known) return undefined;
  const seenAt = known.call.startedAt ?? (0 as Instant);
  return { call: known.call, sequence: known.sequence, seenAt, changed: false };
}

function callWrite({ call, sequence, seenAt }: Draft): CallWrite {
  const outside = call.direction === 'outbound' ? call.to : call.from;
  return {
    call,
    sequence,
    startedAt: call.startedAt ?? seenAt,
    customerNumber: outside.e164 ?? outside.original,
  };
}

function markOf(entry: ReadReceipt): ReceiptMark {
  const { id, tries } = entry.receipt;
  if (entry.ok === true) return { id, state: 'done', reason: null, tries };
  if (entry.ok === false) return { id, state: 'unparsed', reason: entry.reason, tries };
  return failedMark(id, tries, entry.reason);
}

/** After a throw: due again, or set aside with the reason when it has been tried often enough. */
export function failedMark(id: ReceiptMark['id'], triesBefore: number, reason: string): ReceiptMark {
  const tries = triesBefore + 1;
  return { id, state: tries >= MOST_TRIES ? 'set_aside' : 'due', reason, tries };
}
