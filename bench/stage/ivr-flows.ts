import { HotPool } from '#db';
import { Metrics, newId } from '#platform';
import { ivrDocument } from '../load/ask/ivr-menus.js';
import type { Stage } from './stage.js';

const INSERT = `
WITH flow AS (INSERT INTO ivr_flow (id, tenant_id, name, document, version, created_at, updated_at)
              VALUES ($1, $2, 'Main menu', $3, 1, now(), now()) RETURNING id)
INSERT INTO ivr_route (id, tenant_id, connection_id, did, source, flow_id, protocol, timeout_ms, created_at, updated_at)
SELECT $4, $2, c.id, '', 'flow', flow.id, 'standard', 2500, now(), now()
FROM connection c, flow WHERE c.tenant_id = $2`;

/** A flow and a route to it for each tenant's connection. */
export async function insertIvrFlows({
  databaseUrl,
  tenants,
}: Pick<Stage, 'databaseUrl' | 'tenants'>): Promise<void> {
  const hot = new HotPool(databaseUrl, 'switchhook_worker', 1, new Metrics('bench'));
  try {
    for (const [tenant, { id }] of tenants.entries()) {
      const document = JSON.stringify(ivrDocument(tenant));
      await hot.run('ivr.insert', INSERT, [newId(), id, document, newId()]);
    }
  } finally {
    await hot.end();
  }
}
