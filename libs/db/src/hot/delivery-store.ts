import type { DeliveryId, EndpointId } from '#domain';
import type { GivenBack, Written } from '../mailbox/claim.js';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { ORDER_WAITS_MS, type DeliveryRecord, type DueDelivery, type Recorded } from './delivery.js';
import { DUE_DELIVERIES, PUT_AWAY, RECORD_DELIVERIES } from './delivery-sql.js';
import { dueDelivery } from './due-delivery.js';
import { backColumns, writtenOf } from './give-back.js';
import { groupRows } from './group-rows.js';
import { newestLeases } from './newest-leases.js';
import { pgArray } from './pg-array.js';
import { storableJson } from './storable-json.js';
import { withoutNul } from './without-nul.js';

/** What came of deliveries is in no hurry: nobody waits for it but the next event of the same call. */
const APART_MS = 20;

/** Few enough that nobody waits long for the rows that one statement locks. */
const PUT_AWAY_BATCH = 2_000;

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
  private readonly dues: Batcher<DueQuery, DueDelivery[]>;
  private readonly records: Batcher<DeliveryRecord, Recorded>;

  constructor(private readonly hot: HotPool) {
    this.dues = new Batcher({ maxItems: 100, maxInFlight: 2, run: (queries) => this.readDue(queries) });
    this.records = new Batcher({
      maxItems: 500,
      maxInFlight: 2,
      apartMs: APART_MS,
      run: (records) => this.recordAll(records),
    });
  }

  /** What may be sent now, the longest due first. With `ordered`, nothing that an earlier event of its call holds up. */
  due(query: DueQuery): Promise<DueDelivery[]> {
    return this.dues.add(query);
  }

  record(record: DeliveryRecord): Promise<Recorded> {
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

  private async recordAll(all: DeliveryRecord[]): Promise<Recorded[]> {
    const records = newestLeases(all, (record) => record.endpointId);
    const back = givingBack(records);
    const fences = new Map(records.map((record) => [record.endpointId, record.fence]));
    const attempts = records.flatMap((of) => (of.attempt ? [{ row: of.attempt, of }] : []));
    const { uuid, text, float8, int2, int8 } = pgArray;
    const rows = await this.hot.run<{ id: string; rung: boolean }>(
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
        ...backColumns(leasesOf(back)),
      ],
      records.length + attempts.length,
    );
    const written = writtenOf(all, records, rows, (write) => write.endpointId);
    return recorded(all, back, written);
  }
}

/** By the record on whose behalf: the last one of its endpoint, where its drain has nothing in hand but what is written now. */
function givingBack(records: readonly DeliveryRecord[]): Map<DeliveryRecord, GivenBack> {
  const lasts = new Map<EndpointId, { together: number; record: DeliveryRecord }>();
  for (const record of records) {
    if (record.leaves === undefined) continue;
    const together = (lasts.get(record.endpointId)?.together ?? 0) + 1;
    lasts.set(record.endpointId, { together, record });
  }
  const back = new Map<DeliveryRecord, GivenBack>();
  for (const { together, record } of lasts.values()) {
    const left = record.leaves?.(together);
    if (left !== undefined) back.set(record, left);
  }
  return back;
}

function recorded(
  all: readonly DeliveryRecord[],
  back: ReadonlyMap<DeliveryRecord, GivenBack>,
  written: readonly Written[],
): Recorded[] {
  return written.map(({ kept, rung }, index) => ({
    kept,
    rung,
    gaveBack: kept && back.has(all[index] as DeliveryRecord),
  }));
}

function leasesOf(back: ReadonlyMap<DeliveryRecord, GivenBack>) {
  return [...back].map(([{ endpointId: mailbox, fence }, givesBack]) => ({ mailbox, fence, givesBack }));
}
