import {
  keptCallId,
  type AgentId,
  type Call,
  type CallResult,
  type ConnectionId,
  type Direction,
  type Instant,
  type TenantId,
} from '#domain';
import { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { callOf, type StoredRow } from './call-repository.js';
import { rowsAsJson } from './rows-as-json.js';
import { spellingsOf } from './spellings-of.js';
import { dateOf } from './times.js';

/** What a call log is asked for; absent members ask for all. */
export interface CallLogFilter {
  from?: Instant | undefined;
  to?: Instant | undefined;
  /** Of the party outside, or the number of ours that was called; in any spelling that the country reads. */
  phones?: readonly string[] | undefined;
  /** Of any leg. */
  extensions?: readonly string[] | undefined;
  vendorCallIds?: readonly string[] | undefined;
  queues?: readonly string[] | undefined;
  results?: readonly CallResult[] | undefined;
  directions?: readonly Direction[] | undefined;
  /** On whose phone or screen it was. */
  agentId?: AgentId | undefined;
  /** The PBX's id of it. */
  department?: string | undefined;
}

/** A connection, and the country in which its numbers are written. */
export interface LogOf {
  tenant: TenantId;
  connectionId: ConnectionId;
  country: string;
}

/** The calls of one connection, as vendors' request APIs ask for them. */
export class CallLogRepository {
  constructor(private readonly scope: TenantScope) {}

  /** Latest start first. @param most  there are more where one more than these comes */
  search(of: LogOf, filter: CallLogFilter, most: number): Promise<Call[]> {
    return this.scope.forTenant(of.tenant, async (tx) => {
      const found = Prisma.join(conditions(of, filter), ' AND ');
      const rows = await tx.$queryRaw<StoredRow[]>`
        SELECT c.id, c.connection_id AS "connectionId", c.vendor_call_id AS "vendorCallId", c.record
        FROM call c WHERE ${found} ORDER BY c.started_at DESC, c.id DESC LIMIT ${most + 1}::int`;
      return rows.map(callOf);
    });
  }

  /**
   * Calls that go on, as far as anybody told.
   *
   * @param known  what came of the question before: records that have not changed since are not read again
   */
  open(tenant: TenantId, connectionId: ConnectionId, known: readonly OpenCall[] = []): Promise<OpenCalls> {
    const ids = known.map(({ call }) => call.id);
    const versions = known.map(({ version }) => version);
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await rowsAsJson<OpenRow>(
        tx,
        Prisma.sql`
          SELECT c.id, c.connection_id AS "connectionId", c.vendor_call_id AS "vendorCallId", c.xmin::text AS version,
            CASE WHEN k.id IS NULL THEN c.record END AS record
          FROM call c LEFT JOIN unnest(${ids}::uuid[], ${versions}::text[]) AS k(id, version)
            ON k.id = c.id AND k.version = c.xmin::text
          WHERE c.connection_id = ${connectionId}::uuid AND c.tenant_id = ${tenant}::uuid AND c.settle_at IS NOT NULL
          ORDER BY c.settle_at DESC`,
      );
      const up = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM pbx_feed f
        WHERE f.connection_id = ${connectionId}::uuid AND f.tenant_id = ${tenant}::uuid AND f.state = 'up'`;
      const before = new Map(known.map((one) => [one.call.id as string, one]));
      const calls = rows.map((row) => {
        const { record, version } = row;
        const same = record === null ? before.get(row.id) : undefined;
        return same ?? { call: callOf({ ...row, record }), version };
      });
      return { calls, isFed: up.length > 0 };
    });
  }
}

/** Calls that go on, and whether the PBX's channel may tell of others: most connections have none. */
export interface OpenCalls {
  calls: OpenCall[];
  isFed: boolean;
}

/** A call, and which version of its row it was read from. */
export interface OpenCall {
  call: Call;
  version: string;
}

type OpenRow = Omit<StoredRow, 'record'> & {
  /** Null for one that is known. */
  record: unknown;
  version: string;
};

function conditions({ tenant, connectionId, country }: LogOf, filter: CallLogFilter): Prisma.Sql[] {
  const { from, to, phones, extensions, vendorCallIds, queues, results, directions } = filter;
  const all: (Prisma.Sql | undefined)[] = [
    Prisma.sql`c.tenant_id = ${tenant}::uuid`,
    Prisma.sql`c.connection_id = ${connectionId}::uuid`,
    from === undefined ? undefined : Prisma.sql`c.started_at >= ${dateOf(from)}`,
    to === undefined ? undefined : Prisma.sql`c.started_at <= ${dateOf(to)}`,
    phones && ofPhones(phones, country),
    extensions && anyLeg('extension', extensions),
    vendorCallIds && Prisma.sql`c.vendor_call_id = ANY(${vendorCallIds.map(keptCallId)}::text[])`,
    queues && Prisma.sql`c.queue_id = ANY(${[...queues]}::text[])`,
    results && Prisma.sql`c.result = ANY(${[...results]}::text[])`,
    directions && Prisma.sql`c.direction = ANY(${[...directions]}::text[])`,
    filter.agentId && Prisma.sql`${filter.agentId}::uuid = ANY(c.agents)`,
    filter.department === undefined ? undefined : ofDepartment(filter.department),
  ];
  return all.filter((one) => one !== undefined);
}

function ofPhones(phones: readonly string[], country: string): Prisma.Sql {
  const spellings = [...new Set(phones.flatMap((phone) => spellingsOf(phone, new Set([country]))))];
  return Prisma.sql`(c.customer_number = ANY(${spellings}::text[]) OR c.did = ANY(${spellings}::text[]))`;
}

function anyLeg(member: 'extension', values: readonly string[]): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM json_array_elements(c.record -> 'legs') leg WHERE leg ->> ${member}::text = ANY(${[...values]}::text[]))`;
}

function ofDepartment(department: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM json_array_elements(c.record -> 'legs') leg WHERE leg -> 'department' ->> 'id' = ${department})`;
}
