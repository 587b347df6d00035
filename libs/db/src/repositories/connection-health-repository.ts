import {
  id,
  instant,
  readHealth,
  readRefusalReason,
  type ConnectionHealth,
  type ConnectionId,
  type Instant,
  type Refused,
  type ReceiptId,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { dateOf, instantOf, instantOrNull } from './times.js';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of a connection with more problems than these only the newest are counted: an answer must not take for ever. */
export const MOST_PROBLEMS_COUNTED = 10_000;

/** Webhooks that nobody could read or work on: the enricher does not see them, so they are counted where they lie. */
export interface ProblemReceipts {
  lastMinute: number;
  lastHour: number;
  lastDay: number;
  unparsedLastDay: number;
  /** However old. */
  unparsed: number;
  setAside: number;
  /** Receipt of the last one. */
  lastAt: Instant | null;
  lastUnparsed: { receiptId: ReceiptId; reason: string; receivedAt: Instant } | null;
}

export interface HealthRecord {
  enabled: boolean;
  dialect: string;
  epochs: 'utc' | 'local';
  timeZone: string;
  /** What the enricher has learnt. */
  learnt: ConnectionHealth;
  problems: ProblemReceipts;
  /** Of the last 24 hours, what was refused last first. */
  refused: Refused[];
}

interface CountRow {
  minute: bigint;
  hour: bigint;
  day: bigint;
  unparsed_day: bigint;
  unparsed: bigint;
  set_aside: bigint;
  last_at: Date | null;
}

/** What is known of how a connection does. */
export class ConnectionHealthRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Undefined when the tenant has no such connection. */
  get(tenant: TenantId, connectionId: ConnectionId): Promise<HealthRecord | undefined> {
    const now = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const connection = await tx.connection.findFirst({
        select: { enabled: true, dialect: true, epochs: true, timeZone: true },
        where: { id: connectionId, tenantId: tenant },
      });
      if (connection === null) return undefined;
      const mailbox = await tx.mailbox.findUnique({
        select: { memo: true },
        where: { kind_id: { kind: 'connection', id: connectionId } },
      });
      return {
        enabled: connection.enabled,
        dialect: connection.dialect,
        epochs: connection.epochs === 'utc' ? 'utc' : 'local',
        timeZone: connection.timeZone,
        learnt: readHealth(mailbox?.memo),
        problems: await problemsOf(tx, { tenant, connectionId, now }),
        refused: await refusedOf(tx, { tenant, connectionId, now }),
      };
    });
  }
}

/** By whole hours, so up to an hour more than a day. */
async function refusedOf(
  tx: Tx,
  of: { tenant: TenantId; connectionId: ConnectionId; now: Instant },
): Promise<Refused[]> {
  const rows = await tx.ingressRefusal.findMany({
    where: {
      connectionId: of.connectionId,
      tenantId: of.tenant,
      at: { gt: dateOf(instant(of.now - DAY - HOUR)) },
    },
    orderBy: { lastAt: 'desc' },
  });
  const byReason = new Map<string, Refused>();
  for (const row of rows) {
    const reason = readRefusalReason(row.reason);
    if (reason === undefined) continue;
    const known = byReason.get(reason);
    if (known) known.count += row.count;
    else {
      byReason.set(reason, { reason, count: row.count, lastAt: instantOf(row.lastAt), sample: row.sample });
    }
  }
  return [...byReason.values()];
}

async function problemsOf(
  tx: Tx,
  of: { tenant: TenantId; connectionId: ConnectionId; now: Instant },
): Promise<ProblemReceipts> {
  const since = (ms: number) => dateOf(instant(of.now - ms));
  const [counts] = await tx.$queryRaw<CountRow[]>`
    WITH problem AS (
      SELECT state, received_at FROM receipt
      WHERE connection_id = ${of.connectionId}::uuid AND tenant_id = ${of.tenant}::uuid
        AND state IN ('unparsed', 'set_aside')
      ORDER BY id DESC LIMIT ${MOST_PROBLEMS_COUNTED}
    )
    SELECT count(*) FILTER (WHERE received_at > ${since(MINUTE)}) AS minute,
           count(*) FILTER (WHERE received_at > ${since(HOUR)}) AS hour,
           count(*) FILTER (WHERE received_at > ${since(DAY)}) AS day,
           count(*) FILTER (WHERE received_at > ${since(DAY)} AND state = 'unparsed') AS unparsed_day,
           count(*) FILTER (WHERE state = 'unparsed') AS unparsed,
           count(*) FILTER (WHERE state = 'set_aside') AS set_aside,
           max(received_at) AS last_at
    FROM problem`;
  return {
    lastMinute: Number(counts?.minute ?? 0),
    lastHour: Number(counts?.hour ?? 0),
    lastDay: Number(counts?.day ?? 0),
    unparsedLastDay: Number(counts?.unparsed_day ?? 0),
    unparsed: Number(counts?.unparsed ?? 0),
    setAside: Number(counts?.set_aside ?? 0),
    lastAt: instantOrNull(counts?.last_at ?? null),
    lastUnparsed: Number(counts?.unparsed ?? 0) === 0 ? null : await lastUnparsed(tx, of),
  };
}

/** The second condition on the state says nothing new, but it is the one that the partial index can be found by. */
async function lastUnparsed(
  tx: Tx,
  of: { tenant: TenantId; connectionId: ConnectionId },
): Promise<ProblemReceipts['lastUnparsed']> {
  const [row] = await tx.$queryRaw<{ id: string; reason: string | null; received_at: Date }[]>`
    SELECT id, reason, received_at FROM receipt
    WHERE connection_id = ${of.connectionId}::uuid AND tenant_id = ${of.tenant}::uuid
      AND state IN ('unparsed', 'set_aside') AND state = 'unparsed'
    ORDER BY id DESC LIMIT 1`;
  if (row === undefined) return null;
  return {
    receiptId: id<ReceiptId>(row.id),
    reason: row.reason ?? '',
    receivedAt: instantOf(row.received_at),
  };
}
