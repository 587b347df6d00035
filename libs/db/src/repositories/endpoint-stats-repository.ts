import {
  addTally,
  id,
  noTries,
  type EndpointId,
  type Instant,
  type RateLimit,
  type StatWindow,
  type TenantId,
  type TryTally,
} from '#domain';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { ENDPOINT_STATES, type EndpointState } from './endpoint-record.js';
import { overviewOf, type OverviewRow } from './endpoint-overview.js';
import { mailboxMemo, type MailboxMemo } from './mailbox-memo.js';
import { pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf, instantOfId, instantOrNull } from './times.js';

/** Deliveries of one state that an endpoint has, counted up to a limit. */
export interface Backlog {
  count: number;
  /** Counting was broken off: there are at least so many. */
  atLeast: boolean;
  /** When the oldest of those that were counted was made. */
  oldestSince: Instant | null;
}

export interface SpanTally {
  at: Instant;
  tally: TryTally;
}

export interface EndpointStats {
  state: EndpointState;
  /** Its own; that of its format goes before it. */
  rateLimit: RateLimit | null;
  format: string;
  formatSettings: unknown;
  /** All tries of the window. */
  tally: TryTally;
  /** Only spans with tries in them, the oldest first. */
  spans: SpanTally[];
  due: Backlog & {
    /** When the first of them may be tried. */
    firstDueAt: Instant | null;
  };
  held: Backlog;
  mailbox: MailboxMemo;
}

/** One endpoint of the overview. */
export interface EndpointOverview {
  id: EndpointId;
  name: string;
  state: EndpointState;
  format: string;
  url: string;
  tally: TryTally;
  /** Only spans with tries in them, the oldest first. */
  spans: SpanTally[];
  due: Backlog;
}

/** One endpoint's are counted so far. */
export const MOST_COUNTED = 100_000;
/** Each endpoint's of a page are counted so far. */
export const MOST_COUNTED_EACH = 1_000;
const SECONDS_PER_MINUTE = 60;

/** How endpoints fare: counters of their tries, and what waits for them now. */
export class EndpointStatsRepository {
  constructor(private readonly scope: TenantScope) {}

  /** Undefined when there is no such endpoint. */
  of(tenant: TenantId, endpointId: EndpointId, window: StatWindow): Promise<EndpointStats | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const endpoint = await tx.endpoint.findFirst({
        select: { state: true, ratePerMinute: true, rateBurst: true, format: true, formatSettings: true },
        where: { id: endpointId, tenantId: tenant },
      });
      if (endpoint === null) return undefined;
      const { ratePerMinute, rateBurst: burst, format, formatSettings } = endpoint;
      const spans = await spansOf(tx, { tenant, endpointIds: [endpointId] }, window);
      const tally = noTries();
      for (const span of spans) addTally(tally, span.tally);
      return {
        state: stateOf(endpoint.state),
        rateLimit: ratePerMinute === null ? null : { perSecond: ratePerMinute / SECONDS_PER_MINUTE, burst },
        format,
        formatSettings,
        tally,
        spans,
        due: await dueOf(tx, { tenant, endpointId }),
        held: await heldOf(tx, { tenant, endpointId }),
        mailbox: await mailboxMemo(tx, endpointId),
      };
    });
  }

  /**
   * Endpoints of the tenant, the newest first; two queries for all of a page.
   *
   * @param state  only those in it
   */
  overview(
    tenant: TenantId,
    window: StatWindow,
    ask: PageAsk & { state?: EndpointState | undefined },
  ): Promise<Page<EndpointOverview>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const most = MOST_COUNTED_EACH;
      const rows = await overviewOf(tx, { tenant, window, ask, most, state: ask.state });
      const endpointIds = rows.map((row) => row.id);
      const spans = await spansOf(tx, { tenant, endpointIds }, window);
      const item = (row: OverviewRow): EndpointOverview => ({
        id: id<EndpointId>(row.id),
        name: row.name,
        state: stateOf(row.state),
        format: row.format,
        url: row.url,
        spans: spans.filter(({ endpointId }) => endpointId === row.id),
        tally: {
          counts: row.counts ?? {},
          longestAnsweredMs: row.longestAnsweredMs ?? 0,
          longestMs: row.longestMs ?? 0,
        },
        due: backlogOf(row, most),
      });
      return pageOf(rows, ask.limit, { item, key: (row) => row.id });
    });
  }
}

interface Place {
  tenant: TenantId;
  endpointId: EndpointId;
}

async function spansOf(
  tx: Tx,
  { tenant, endpointIds }: { tenant: TenantId; endpointIds: string[] },
  { span, from, to }: StatWindow,
): Promise<(SpanTally & { endpointId: string })[]> {
  const rows = await tx.endpointStat.findMany({
    where: {
      endpointId: { in: endpointIds },
      tenantId: tenant,
      span,
      at: { gte: dateOf(from), lte: dateOf(to) },
    },
    orderBy: { at: 'asc' },
  });
  return rows.map(({ endpointId, at, counts, longestAnsweredMs, longestMs }) => ({
    endpointId,
    at: instantOf(at),
    tally: { counts: counts as TryTally['counts'], longestAnsweredMs, longestMs },
  }));
}

interface Counted {
  count: number;
  oldest: string | null;
}

/** Along the index of what is due, whose order is that of `due_at`. */
async function dueOf(tx: Tx, { tenant, endpointId }: Place): Promise<EndpointStats['due']> {
  const [row] = await tx.$queryRaw<(Counted & { firstDueAt: Date | null })[]>`
    SELECT count(*)::int AS count, min(w.id::text) AS oldest, min(w.due_at) AS "firstDueAt"
    FROM (SELECT d.id, d.due_at FROM delivery d
          WHERE d.endpoint_id = ${endpointId}::uuid AND d.tenant_id = ${tenant}::uuid AND d.state = 'due'
          ORDER BY d.due_at, d.id LIMIT ${MOST_COUNTED + 1}::int) w`;
  return { ...backlogOf(row, MOST_COUNTED), firstDueAt: instantOrNull(row?.firstDueAt ?? null) };
}

async function heldOf(tx: Tx, { tenant, endpointId }: Place): Promise<Backlog> {
  const [row] = await tx.$queryRaw<Counted[]>`
    SELECT count(*)::int AS count, min(w.id::text) AS oldest
    FROM (SELECT d.id FROM delivery d
          WHERE d.endpoint_id = ${endpointId}::uuid AND d.tenant_id = ${tenant}::uuid AND d.state = 'held'
          ORDER BY d.id LIMIT ${MOST_COUNTED + 1}::int) w`;
  return backlogOf(row, MOST_COUNTED);
}

function backlogOf(row: Counted | undefined, most: number): Backlog {
  const count = row?.count ?? 0;
  const oldest = row?.oldest ?? null;
  return {
    count: Math.min(count, most),
    atLeast: count > most,
    oldestSince: oldest === null ? null : instantOfId(oldest),
  };
}

function stateOf(text: string): EndpointState {
  return ENDPOINT_STATES.find((state) => state === text) ?? 'disabled';
}
