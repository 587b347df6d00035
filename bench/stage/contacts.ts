import { HotPool } from '#db';
import { Metrics, newId } from '#platform';
import { CALLERS, callerE164, callerName } from '../load/ask/popup-callers.js';
import type { Stage } from './stage.js';

const INSERT = `
WITH given AS (SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[]) AS g(id, name, e164)),
     made AS (INSERT INTO contact (id, tenant_id, name, created_at, updated_at)
              SELECT id, $1, name, now(), now() FROM given RETURNING id)
INSERT INTO contact_phone (tenant_id, e164, contact_id, place) SELECT $1, e164, id, 0 FROM given JOIN made USING (id)`;

/** Numbers of a range that no caller of ours has. */
const FILL = `
WITH made AS MATERIALIZED (
  SELECT gen_random_uuid() AS id, '+49151' || lpad(n::text, 8, '0') AS e164 FROM generate_series($2::int, $3::int - 1) n),
contacts AS (
  INSERT INTO contact (id, tenant_id, name, company, created_at, updated_at)
  SELECT id, $1, 'Contact ' || e164, 'Acme', now(), now() FROM made)
INSERT INTO contact_phone (tenant_id, e164, contact_id, place) SELECT $1, e164, id, 0 FROM made`;
/** Rows of one statement. */
const FILL_BATCH = 100_000;

/** So many more in all directories together: what else there is to look through. */
export async function fillDirectories(
  { databaseUrl, tenants }: Pick<Stage, 'databaseUrl' | 'tenants'>,
  count: number,
): Promise<void> {
  const hot = new HotPool(databaseUrl, 'switchhook_worker', 1, new Metrics('bench'));
  const each = Math.ceil(count / tenants.length);
  try {
    for (const { id } of tenants) {
      for (let from = 0; from < each; from += FILL_BATCH) {
        await hot.run('contact.fill', FILL, [id, from, Math.min(each, from + FILL_BATCH)]);
      }
    }
    await hot.pool.query('ANALYZE contact, contact_phone');
  } finally {
    await hot.end();
  }
}

/** What sources have said so far is asked again. */
export async function forgetAnswers({ databaseUrl }: Pick<Stage, 'databaseUrl'>): Promise<void> {
  const hot = new HotPool(databaseUrl, 'switchhook_worker', 1, new Metrics('bench'));
  try {
    await hot.run('source.forget', 'DELETE FROM source_answer', []);
  } finally {
    await hot.end();
  }
}

/** Half of the callers for each tenant, by SQL: what is measured is the lookup. */
export async function insertContacts({
  databaseUrl,
  tenants,
}: Pick<Stage, 'databaseUrl' | 'tenants'>): Promise<void> {
  const hot = new HotPool(databaseUrl, 'switchhook_worker', 1, new Metrics('bench'));
  try {
    for (const [tenant, { id }] of tenants.entries()) {
      const known = Array.from({ length: CALLERS }, (_one, caller) => caller).filter(
        (caller) => callerName(tenant, caller) !== '',
      );
      const names = known.map((caller) => callerName(tenant, caller));
      await hot.run('contact.insert', INSERT, [id, known.map(() => newId()), names, known.map(callerE164)]);
    }
    await hot.pool.query('ANALYZE contact, contact_phone');
  } finally {
    await hot.end();
  }
}
