/** What the enricher reads and writes, in its own words. */
import type {
  AgentId,
  Call,
  CallContext,
  CallEventId,
  CallId,
  ConnectionId,
  DeliveryId,
  EndpointFilter,
  EndpointId,
  Instant,
  MatchPolicy,
  LiveCallChange,
  People,
  ReceiptId,
  RecordingPolicy,
  TenantId,
  ToldSoFar,
} from '#domain';
import type { GivenBack } from '../mailbox/claim.js';

/** A receipt as the enricher reads it back. */
export interface DueReceipt {
  id: ReceiptId;
  route: string;
  method: string;
  query: string;
  headers: Record<string, string | undefined>;
  body: Uint8Array;
  /** What came after the announced length. */
  surplus?: Uint8Array | null;
  receivedAt: Instant;
  tries: number;
  /** Ids by which the PBX calls its calls, as ingress read them; none for what came before these were kept. */
  vendorCallIds: readonly string[];
}

/** An endpoint as far as routing must know it. */
export interface RoutedEndpoint {
  id: EndpointId;
  eventTypes: string[];
  filter: EndpointFilter | null;
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
  /** What the tenant calls its people, phones, queues and numbers. */
  people: People;
  recordings: RecordingPolicy;
  /** Whether there was ever a contact that a call could be of. */
  knowsContacts: boolean;
  matchPolicy: MatchPolicy;
}

export interface KnownCall {
  call: Call;
  /** Number of events told about it. */
  sequence: number;
  told: ToldSoFar;
  /** Where it stands in the list of calls: its start or, when that is not known, its first message. */
  startedAt: Instant;
  /** Which of the calls that had this id one after another: 0, 1, 2. */
  occurrence: number;
}

/** What is there of calls, by the vendor's id. */
export interface KnownCalls {
  /** Those that had the id; of very many the last ones. */
  calls: ReadonlyMap<string, readonly KnownCall[]>;
  /** What is remembered of them beside their records, also of calls that have none yet. */
  contexts: ReadonlyMap<string, CallContext>;
}

export interface CallWrite {
  call: Call;
  sequence: number;
  told: ToldSoFar;
  /** When it has to be closed if nothing more is heard of it; null when its end was told. */
  settleAt: Instant | null;
  startedAt: Instant;
  occurrence: number;
  customerNumber: string;
  /** On whose phones or screens it was. */
  agents: AgentId[];
}

export interface EventWrite {
  id: CallEventId;
  callId: CallId;
  /** Null when no message made it: nothing more was heard in time. */
  receiptId: ReceiptId | null;
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
  /** For whoever listens to the tenant's calls; absent where nobody does. */
  live?: LiveCallChange[];
  /** Set when this is all: the lease is given back with it. */
  givesBack?: GivenBack;
}
