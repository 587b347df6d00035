import { HotPool } from '#db';
import { Metrics, newId } from '#platform';
import { extensionOf } from '../load/ask/live-questions.js';
import type { Stage } from './stage.js';

const INSERT = `
WITH given AS (SELECT g.*, g.number::text AS name FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS g(agent, extension, number)),
     made AS (INSERT INTO agent (id, tenant_id, name, created_at, updated_at)
              SELECT agent, $1, name, now(), now() FROM given RETURNING id)
INSERT INTO extension (id, tenant_id, connection_id, number, aliases, agent_id, created_at, updated_at)
SELECT g.extension, $1, c.id, g.number, '{}', g.agent, now(), now()
FROM given g JOIN made ON made.id = g.agent CROSS JOIN connection c WHERE c.tenant_id = $1`;

/** So many agents for each tenant, each with a phone, by SQL. @returns their ids, by tenant */
export async function insertAgents(
  { databaseUrl, tenants }: Pick<Stage, 'databaseUrl' | 'tenants'>,
  count: number,
): Promise<string[][]> {
  const hot = new HotPool(databaseUrl, 'switchhook_worker', 1, new Metrics('bench'));
  const all: string[][] = [];
  try {
    for (const { id } of tenants) {
      const agents = Array.from({ length: count }, () => newId());
      const numbers = agents.map((_, agent) => extensionOf(agent));
      await hot.run('agents.insert', INSERT, [id, agents, agents.map(() => newId()), numbers]);
      all.push(agents);
    }
    return all;
  } finally {
    await hot.end();
  }
}
