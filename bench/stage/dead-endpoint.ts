import { HotPool } from '#db';
import { Metrics } from '#platform';
import { freePort } from './free-port.js';
import type { Stage } from './stage.js';
import { makeEndpoint } from './tenants.js';

/** So many are written by one statement. */
const BATCH = 10_000;

const OWE = `
WITH events AS (
  INSERT INTO call_event (id, tenant_id, type, sequence, occurred_at, payload)
  SELECT uuidv7(), $1, 'call.ended', 1, now(), '{"vendorCallId":"dead"}' FROM generate_series(1, $3::int)
  RETURNING id
)
INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, event_type, sequence, state, due_at)
SELECT uuidv7(), $1, $2, id, 'call.ended', 1, 'due', now() FROM events`;

const ATTEMPTS = 'SELECT count(*)::int AS count FROM attempt WHERE endpoint_id = $1';

export interface DeadEndpoint {
  /** How often it was tried so far. */
  attempts: () => Promise<number>;
  close: () => Promise<void>;
}

/** An endpoint of the first tenant at a port where nobody listens, to which so many deliveries are owed. */
export async function owedToNobody(stage: Stage, deliveries: number): Promise<DeadEndpoint> {
  const [tenant] = stage.tenants;
  if (!tenant) throw new Error('There is no tenant to owe anything.');
  const { product, databaseUrl } = stage;
  if (!product) throw new Error('The floor has no endpoints.');
  const url = `http://127.0.0.1:${String(await freePort())}/`;
  // Nothing that happens is owed to it: what waits stays what it is.
  const traits = { name: 'dead', url, eventTypes: ['endpoint.test'] };
  const api = { apiUrl: product.url('api'), adminKey: product.adminKey };
  const { id } = await makeEndpoint(api, tenant.id, traits);
  const hot = new HotPool(databaseUrl, 'switchhook_worker', 1, new Metrics('bench'));
  for (let owed = 0; owed < deliveries; owed += BATCH) {
    await hot.run('dead.owe', OWE, [tenant.id, id, Math.min(BATCH, deliveries - owed)]);
  }
  await hot.pool.query('ANALYZE delivery, call_event');
  return {
    attempts: async () => {
      const [row] = await hot.run<{ count: number }>('dead.attempts', ATTEMPTS, [id]);
      return row?.count ?? 0;
    },
    close: () => hot.end(),
  };
}
