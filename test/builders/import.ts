import type { ImportId, TenantId } from '#domain';
import { newId } from '#platform';
import type { Sql } from '../harness/world.js';

/** Writes what the API would have written: a file without a header, in pieces, that is to be read. */
export async function orderImport(
  sql: Sql,
  tenantId: TenantId,
  file: { columns: string[]; rows: string[][]; country?: string },
): Promise<ImportId> {
  const importId = newId<ImportId>();
  const { columns, country = null } = file;
  const settings = { delimiter: ',', hasHeader: false, header: [], columns, country };
  const bytes = Buffer.from(file.rows.map((cells) => `${cells.join(',')}\n`).join(''));
  await sql.rows(
    `INSERT INTO import (id, tenant_id, kind, state, charset, bytes, settings, created_by, created_at, updated_at)
     VALUES ($1, $2, 'contacts', 'running', 'utf-8', $3, $4, 'system', now(), now())`,
    [importId, tenantId, bytes.length, JSON.stringify(settings)],
  );
  await sql.rows(`INSERT INTO import_chunk (import_id, at, tenant_id, bytes) VALUES ($1, 0, $2, $3)`, [
    importId,
    tenantId,
    bytes,
  ]);
  return importId;
}
