import type { AgentId, ConnectionId, TenantId } from '#domain';
import { newId } from '#platform';
import type { Sql } from '../harness/world.js';

/** One agent at extension 101 (alias SIPDANA), queue 12 and the number 0722776772, all with labels. */
export async function makePeople(sql: Sql, of: { id: ConnectionId; tenantId: TenantId }): Promise<AgentId> {
  const agentId = newId<AgentId>();
  await sql.rows(
    `INSERT INTO agent (id, tenant_id, name, email, code, created_at, updated_at)
     VALUES ($1, $2, 'Dana', 'dana@example.com', '7421', now(), now())`,
    [agentId, of.tenantId],
  );
  await sql.rows(
    `INSERT INTO extension (id, tenant_id, connection_id, number, aliases, agent_id, label, created_at, updated_at)
     VALUES ($1, $2, $3, '101', '{SIPDANA}', $4, 'Desk 1', now(), now())`,
    [newId(), of.tenantId, of.id, agentId],
  );
  await sql.rows(
    `INSERT INTO queue (id, tenant_id, connection_id, vendor_id, label, created_at, updated_at)
     VALUES ($1, $2, $3, '12', 'Support', now(), now())`,
    [newId(), of.tenantId, of.id],
  );
  await sql.rows(
    `INSERT INTO did (id, tenant_id, connection_id, number, label, created_at, updated_at)
     VALUES ($1, $2, $3, '0722776772', 'Main', now(), now())`,
    [newId(), of.tenantId, of.id],
  );
  return agentId;
}
