import type { CampaignId, ImportId, TenantId } from '#domain';
import { newId } from '#platform';
import type { Sql } from '../harness/world.js';

/** Writes what the API would have written: a file without a header, in pieces, that is to be read. */
export async function orderImport(
  sql: Sql,
  tenantId: TenantId,
  file: { columns: string[]; rows: string[][]; country?: string; campaignId?: CampaignId },
): Promise<ImportId> {
  const importId = newId<ImportId>();
  const { columns, country = null, campaignId = null } = file;
  const settings = { delimiter: ',', hasHeader: false, header: [], columns, country };
  const bytes = Buffer.from(file.rows.map((cells) => `${cells.join(',')}\n`).join(''));
  await sql.rows(
    `INSERT INTO import (id, tenant_id, kind, state, charset, bytes, settings, campaign_id, created_by, created_at, updated_at)
     VALUES ($1, $2, CASE WHEN $5::uuid IS NULL THEN 'contacts' ELSE 'leads' END, 'running', 'utf-8', $3, $4, $5, 'system', now(), now())`,
    [importId, tenantId, bytes.length, JSON.stringify(settings), campaignId],
  );
  await sql.rows(`INSERT INTO import_chunk (import_id, at, tenant_id, bytes) VALUES ($1, 0, $2, $3)`, [
    importId,
    tenantId,
    bytes,
  ]);
  return importId;
}
