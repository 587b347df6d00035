import type { Prisma } from '../generated/client.js';
import type { Tx } from '../tenancy/tenant-scope.js';

/**
 * Rows of a query as one JSON text, for what has a thousand of them and is asked for while somebody waits: the client's own way with a
 * row and its types costs several times what reading JSON does. Times have to be selected as epochs: JSON has none.
 */
export async function rowsAsJson<T>(tx: Tx, query: Prisma.Sql): Promise<T[]> {
  const [found] = await tx.$queryRaw<
    { rows: string | null }[]
  >`SELECT json_agg(r)::text AS rows FROM (${query}) r`;
  return found?.rows == null ? [] : (JSON.parse(found.rows) as T[]);
}
