import {
  id,
  type AttemptId,
  type CallEventId,
  type CallId,
  type DeliveryId,
  type EndpointId,
  type Instant,
  type RateLimit,
  type ReplayId,
  type TenantId,
} from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { DUE_DELIVERIES, PUT_AWAY, RECORD_DELIVERIES } from './delivery-sql.js';
import { groupRows } from './group-rows.js';
import { newestLeases } from './newest-leases.js';
import { pgArray } from './pg-array.js';
import { storableJson } from './storable-json.js';
import { withoutNul } from './without-nul.js';

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
}

/** What came of deliveries is in no hurry: nobody waits for it but the next event of the same call. */
const GATHER_MS = 5;

/** How long a failing delivery may hold up the later events of its call (design: delivery, "Order"). */
export const ORDER_WAITS_MS = 15 * 60 * 1000;

/** Few enough that nobody waits long for the rows that one statement locks. */
const PUT_AWAY_BATCH = 2_000;

const TARGETS = `
SELECT e.id, e.tenant_id, e.name, e.url, e.format, e.format_settings, e.state, e.state_reason, e.ordered, e.concurrency,
  e.timeout_ms, e.schedule_ms, e.rate_per_minute, e.rate_burst, e.disable_after_hours, e.sealed_access,
  (SELECT coalesce(array_agg(s.sealed ORDER BY s.created_at DESC), '{}') FROM endpoint_secret s
     WHERE s.endpoint_id = e.id AND (s.expires_at IS NULL OR s.expires_at > now())) AS secrets
FROM endpoint e WHERE e.id = ANY($1::uuid[])`;

type Row = Record<string, unknown>;
interface DueQuery {
  endpointId: EndpointId;
  most: number;
  ordered: boolean;
  /** Deliveries that the drain has in hand. */
  except: DeliveryId[];
}

/** The forwarder's statements, each for many endpoints at once. */
export class DeliveryStore {
  private readonly targets: Batcher<EndpointId, DeliveryTarget | undefined>;
  private readonly dues: Batcher<DueQuery, DueDelivery[]>;
  private readonly records: Batcher<DeliveryRecord, boolean>;

  constructor(private readonly hot: HotPool) {
    this.targets = new Batcher({ maxItems: 200, maxInFlight: 1, run: (ids) => this.readTargets(ids) });
    this.dues = new Batcher({ maxItems: 100, maxInFlight: 2, run: (queries) => this.readDue(queries) });
    this.records = new Batcher({
      maxItems: 500,
      maxInFlight: 2,
      gatherMs: GATHER_MS,
      run: (records) => this.recordAll(records),
    });
  }

  /** Undefined when the endpoint was deleted. */
  target(endpointId: EndpointId): Promise<DeliveryTarget | undefined> {
    return this.targets.add(endpointId);
  }

  /** What may be sent now, the longest due first. With `ordered`, nothing that an earlier event of its call holds up. */
  due(query: DueQuery): Promise<DueDelivery[]> {
    return this.dues.add(query);
  }

  /** @returns false when the lease was lost and nothing was written */
  record(record: DeliveryRecord): Promise<boolean> {
    return this.records.add(record);
  }

  /** Takes everything due out of an endpoint's mailbox. */
  async putAway(
    { endpointId, fence }: { endpointId: EndpointId; fence: string },
    state: 'held' | 'dead',
    reason: string,
  ): Promise<void> {
    for (let count = PUT_AWAY_BATCH; count === PUT_AWAY_BATCH;) {
      const values = [endpointId, fence, state, reason, PUT_AWAY_BATCH];
      const rows = await this.hot.run<{ count: number }>('delivery.put_away', PUT_AWAY, values);
      count = rows[0]?.count ?? 0;
    }
  }

  private async readTargets(ids: EndpointId[]): Promise<(DeliveryTarget | undefined)[]> {
    const rows = await this.hot.run<Row>('delivery.targets', TARGETS, [ids], ids.length);
    const found = new Map(rows.map((row) => [row['id'] as string, row]));
    return ids.map((endpointId) => {
      const row = found.get(endpointId);
      return (
        row && {
          tenantId: id<TenantId>(row['tenant_id'] as string),
          endpointId,
          name: row['name'] as string,
          url: row['url'] as string,
          format: row['format'] as string,
          formatSettings: row['format_settings'],
          enabled: row['state'] === 'enabled' || row['state'] === 'enabling',
          stateReason: row['state_reason'] as string | null,
          ordered: row['ordered'] as boolean,
          concurrency: row['concurrency'] as number,
          timeoutMs: row['timeout_ms'] as number,
          scheduleMs: row['schedule_ms'] as number[],
          rateLimit: rateLimitOf(row),
          disableAfterHours: row['disable_after_hours'] as number | null,
          secrets: row['secrets'] as string[],
          sealedAccess: row['sealed_access'] as string | null,
        }
      );
    });
  }

  private async readDue(queries: DueQuery[]): Promise<DueDelivery[][]> {
    const rows = await this.hot.run<Row>(
      'delivery.due',
      DUE_DELIVERIES,
      [
        queries.map((query) => query.endpointId),
        queries.map((query) => query.most),
        queries.map((query) => query.ordered),
        queries.flatMap((query) => query.except),
        ORDER_WAITS_MS,
      ],
      queries.length,
    );
    const byEndpoint = groupRows(rows, 'mailbox');
    return queries.map(({ endpointId }) => (byEndpoint.get(endpointId) ?? []).map(dueDelivery));
  }

  private async recordAll(all: DeliveryRecord[]): Promise<boolean[]> {
    const records = newestLeases(all, (record) => record.endpointId);
    const fences = new Map(records.map((record) => [record.endpointId, record.fence]));
    const attempts = records.flatMap((of) => (of.attempt ? [{ row: of.attempt, of }] : []));
    const { uuid, text, float8, int2, int8 } = pgArray;
    const rows = await this.hot.run<{ id: string }>(
      'delivery.record',
      RECORD_DELIVERIES,
      [
        uuid([...fences.keys()]),
        int8([...fences.values()]),
        uuid(records.map((record) => record.deliveryId)),
        uuid(records.map((record) => record.endpointId)),
        text(records.map((record) => record.state)),
        text(records.map((record) => withoutNul(record.reason))),
        float8(records.map((record) => record.waitMs)),
        int2(records.map((record) => record.attemptCount)),
        int2(records.map((record) => record.refusals)),
        int2(records.map((record) => record.tries)),
        uuid(attempts.map(({ row }) => row.id)),
        uuid(attempts.map(({ of }) => of.tenantId)),
        uuid(attempts.map(({ of }) => of.deliveryId)),
        uuid(attempts.map(({ of }) => of.endpointId)),
        int2(attempts.map(({ row }) => row.number)),
        float8(attempts.map(({ row }) => row.startedAt)),
        float8(attempts.map(({ row }) => row.durationMs)),
        text(attempts.map(({ row }) => row.outcome)),
        text(attempts.map(({ row }) => withoutNul(row.decision))),
        int2(attempts.map(({ row }) => row.status)),
        text(attempts.map(({ row }) => withoutNul(row.error))),
        text(attempts.map(({ row }) => (row.responseHeaders ? storableJson(row.responseHeaders) : null))),
        text(attempts.map(({ row }) => withoutNul(row.responseBody))),
        text(attempts.map(({ row }) => row.resolvedIp)),
        text(attempts.map(({ row }) => JSON.stringify(row.timings))),
        text(records.map(({ partsDone = [] }) => (partsDone.length === 0 ? null : partsDone.join(',')))),
        text(attempts.map(({ row }) => row.request?.method ?? null)),
        text(attempts.map(({ row }) => withoutNul(row.request?.url ?? null))),
        text(attempts.map(({ row }) => (row.request ? storableJson(row.request.headers) : null))),
        int2(records.map((record) => record.attempt?.status ?? null)),
        text(attempts.map(({ row }) => withoutNul(row.request?.body ?? null))),
      ],
      records.length + attempts.length,
    );
    const kept = new Set(rows.map((row) => row.id));
    const written = new Set(records);
    return all.map((record) => kept.has(record.endpointId) && written.has(record));
  }
}

const SECONDS_PER_MINUTE = 60;

function rateLimitOf(row: Row): RateLimit | null {
  const perMinute = row['rate_per_minute'] as number | null;
  if (perMinute === null) return null;
  return { perSecond: perMinute / SECONDS_PER_MINUTE, burst: row['rate_burst'] as number };
}

function dueDelivery(row: Row): DueDelivery {
  return {
    id: id<DeliveryId>(row['id'] as string),
    tenantId: id<TenantId>(row['tenant_id'] as string),
    eventId: id<CallEventId>(row['event_id'] as string),
    callId: row['call_id'] === null ? null : id<CallId>(row['call_id'] as string),
    eventType: row['event_type'] as string,
    sequence: row['sequence'] as number,
    attemptCount: row['attempt_count'] as number,
    refusals: row['refusals'] as number,
    tries: row['tries'] as number,
    firstTriedAt: row['first_tried_at'] === null ? null : (Number(row['first_tried_at']) as Instant),
    replayId: row['replay_id'] as ReplayId | null,
    partsDone: ((row['parts_done'] as string | null) ?? '').split(',').filter((key) => key !== ''),
    event: owedEvent(row),
  };
}

function owedEvent({ payload, occurred_at: occurredAt }: Row): OwedEvent | null {
  if (payload === null) return null;
  return { payload: payload as string, occurredAt: Number(occurredAt) as Instant };
}
