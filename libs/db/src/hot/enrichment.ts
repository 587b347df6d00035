/** What the enricher reads and writes, in rows. */
import type {
  Call,
  CallEventId,
  CallId,
  ConnectionId,
  DeliveryId,
  EndpointId,
  Instant,
  ReceiptId,
  TenantId,
} from '#domain';

/** A receipt as the enricher reads it back. */
export interface DueReceipt {
  id: ReceiptId;
  route: string;
  method: string;
  query: string;
  headers: Record<string, string | undefined>;
  body: Uint8Array;
  receivedAt: Instant;
  tries: number;
}

/** An endpoint as far as routing must know it. */
export interface RoutedEndpoint {
  id: EndpointId;
  eventTypes: string[];
  enabled: boolean;
}

/** What a connection's letters are read with. */
export interface EnrichmentContext {
  tenantId: TenantId;
  connectionId: ConnectionId;
  dialect: string;
  timeZone: string;
  country: string;
  epochs: 'utc' | 'local';
  settings: Record<string, unknown>;
  endpoints: RoutedEndpoint[];
}

export interface KnownCall {
  call: Call;
  /** Number of events told about it. */
  sequence: number;
}

export interface CallWrite {
  call: Call;
  sequence: number;
  startedAt: Instant;
  customerNumber: string;
}

export interface EventWrite {
  id: CallEventId;
  callId: CallId;
  receiptId: ReceiptId;
  type: string;
  sequence: number;
  occurredAt: Instant;
  /** The event's data as it will be sent. */
  data: unknown;
}

export interface DeliveryWrite {
  id: DeliveryId;
  endpointId: EndpointId;
  eventId: CallEventId;
  callId: CallId;
  eventType: string;
  sequence: number;
  heldReason: string | null;
}

export interface ReceiptMark {
  id: ReceiptId;
  state: 'done' | 'due' | 'unparsed' | 'set_aside';
  reason: string | null;
  tries: number;
}

/** Everything that one batch of one connection's letters changes. */
export interface Enrichment {
  tenantId: TenantId;
  connectionId: ConnectionId;
  fence: string;
  receipts: ReceiptMark[];
  calls: CallWrite[];
  events: EventWrite[];
  deliveries: DeliveryWrite[];
}
