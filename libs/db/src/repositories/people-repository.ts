import {
  People,
  id,
  type AgentEntry,
  type ConnectionId,
  type ExtensionEntry,
  type RecordingPolicy,
  type TenantId,
} from '#domain';
import { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { rowsAsJson } from './rows-as-json.js';

/** What a connection's calls are shown with. */
export interface Directory {
  people: People;
  recordings: RecordingPolicy;
}

/** The directories of connections, whole. */
export class PeopleRepository {
  constructor(private readonly scope: TenantScope) {}

  /**
   * What stands for the directory of a connection as it is: another text as soon as a part of it has changed. A deleted row is missing
   * in the count, and a written one has a later transaction. Undefined where there is no such connection.
   */
  markOf(tenant: TenantId, connectionId: ConnectionId): Promise<string | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const [row] = await tx.$queryRaw<{ mark: string }[]>`
        SELECT concat_ws('/', c.xmin,
          (SELECT concat(count(*), ':', sum(xmin::text::int8)) FROM agent WHERE tenant_id = ${tenant}::uuid),
          (SELECT concat(count(*), ':', sum(xmin::text::int8)) FROM extension
           WHERE connection_id = c.id AND tenant_id = ${tenant}::uuid),
          (SELECT concat(count(*), ':', sum(xmin::text::int8)) FROM queue
           WHERE connection_id = c.id AND tenant_id = ${tenant}::uuid),
          (SELECT concat(count(*), ':', sum(xmin::text::int8)) FROM did
           WHERE connection_id = c.id AND tenant_id = ${tenant}::uuid)) AS mark
        FROM connection c WHERE c.id = ${connectionId}::uuid AND c.tenant_id = ${tenant}::uuid`;
      return row?.mark;
    });
  }

  /** In five statements, for however many connections; one that was deleted is missing in the answer. */
  of(tenant: TenantId, connectionIds: readonly ConnectionId[]): Promise<Map<ConnectionId, Directory>> {
    if (connectionIds.length === 0) return Promise.resolve(new Map<ConnectionId, Directory>());
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { connectionId: { in: [...connectionIds] }, tenantId: tenant };
      const connections = await tx.connection.findMany({
        select: { id: true, country: true, sealedCredentials: true, recordingsByName: true },
        where: { id: { in: [...connectionIds] }, tenantId: tenant },
      });
      const agents = await rowsAsJson<AgentEntry>(
        tx,
        Prisma.sql`SELECT id, name, email, code FROM agent WHERE tenant_id = ${tenant}::uuid`,
      );
      const extensions = await rowsAsJson<ExtensionEntry & { connectionId: string }>(
        tx,
        Prisma.sql`
          SELECT connection_id AS "connectionId", number, aliases, agent_id AS "agentId", label FROM extension
          WHERE connection_id = ANY(${[...connectionIds]}::uuid[]) AND tenant_id = ${tenant}::uuid`,
      );
      const queues = await tx.queue.findMany({ where });
      const dids = await tx.did.findMany({ where });
      return new Map(
        connections.map((connection) => {
          const isOwn = (row: { connectionId: string }) => row.connectionId === connection.id;
          const entries = {
            agents,
            extensions: extensions.filter(isOwn),
            queues: queues.filter(isOwn),
            dids: dids.filter(isOwn),
          };
          const directory: Directory = {
            people: new People(entries, connection.country),
            recordings: {
              guarded: connection.sealedCredentials !== null,
              byName: connection.recordingsByName,
            },
          };
          return [id<ConnectionId>(connection.id), directory];
        }),
      );
    });
  }
}
