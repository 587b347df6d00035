/** What the forwarder reads and writes, in its own words. */
import type {
  AttemptId,
  CallEventId,
  CallId,
  DeliveryId,
  EndpointId,
  Instant,
  RateLimit,
  ReplayId,
  TenantId,
} from '#domain';
import type { GivenBack, Written } from '../mailbox/claim.js';

/** How long a failing delivery may hold up the later events of its call (design: delivery, "Order"). */
export const ORDER_WAITS_MS = 15 * 60 * 1000;

/** The part of an event that is not kept with its deliveries. */
export interface OwedEvent {
  occurredAt: Instant;
  /** JSON text of the event's data, sent as it is. */
  payload: string;
}

/** A delivery that is due, with the event it owes. */
export interface DueDelivery {
  id: DeliveryId;
  tenantId: TenantId;
  eventId: CallEventId;
  callId: CallId | null;
  eventType: string;
  sequence: number;
  attemptCount: number;
  refusals: number;
  tries: number;
  firstTriedAt: Instant | null;
  /** The replay that made or released it. */
  replayId: ReplayId | null;
  /** Keys of the requests that were taken, where the event is several and others were not. */
  partsDone: string[];
  /** Null when the event is not kept any more. */
  event: OwedEvent | null;
}

/** Where an endpoint's deliveries go, and how. */
export interface DeliveryTarget {
  tenantId: TenantId;
  endpointId: EndpointId;
  name: string;
  url: string;
  format: string;
  /** As the format's own reader left them. */
  formatSettings: unknown;
  enabled: boolean;
  stateReason: string | null;
  ordered: boolean;
  concurrency: number;
  timeoutMs: number;
  scheduleMs: number[];
  /** Null: as many as there are. */
  rateLimit: RateLimit | null;
  /** Without one success; null: never. */
  disableAfterHours: number | null;
  /** Sealed; the newest first. */
  secrets: string[];
  /** Headers of its own and credentials, see `sealedFor.endpointAccess`; null: none. */
  sealedAccess: string | null;
  /** Grows whenever people change its grants. */
  grantEpoch: number;
}

export interface SentWrite {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

export interface AttemptWrite {
  id: AttemptId;
  number: number;
  startedAt: Instant;
  durationMs: number;
  outcome: string;
  decision: string;
  status: number | null;
  error: string | null;
  responseHeaders: Readonly<Record<string, string>> | null;
  responseBody: string | null;
  resolvedIp: string | null;
  timings: unknown;
  /** As it was sent, with secrets redacted; `body` is its beginning, null where it is the event as it stands. */
  request: SentWrite | null;
}

/** What one try leads to. */
export interface DeliveryRecord {
  deliveryId: DeliveryId;
  tenantId: TenantId;
  endpointId: EndpointId;
  fence: string;
  state: 'due' | 'delivered' | 'dead' | 'held' | 'skipped';
  reason: string | null;
  /** Milliseconds from now until it is due again; ignored unless `state` is due. */
  waitMs: number;
  attemptCount: number;
  refusals: number;
  tries: number;
  /** Keys of the requests that need not be sent again; none when left out. */
  partsDone?: readonly string[];
  /** Null where nothing was sent. */
  attempt: AttemptWrite | null;
  /**
   * Asked when it is about to be written, with how many that are the last of their deliveries are written with it for its endpoint:
   * what is left in the mailbox, if these are all that the drain has in hand. Then the lease is given back with them.
   */
  leaves?: (together: number) => GivenBack | undefined;
}

/** What came of a record. */
export interface Recorded extends Written {
  /** Whether the lease was given back on this one's behalf. */
  gaveBack: boolean;
}
