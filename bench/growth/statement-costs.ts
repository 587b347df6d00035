/** What PostgreSQL counts of each statement (pg_stat_statements), by the name that the product gives it. */
import type { Ask } from './fill.js';

export interface StatementCost {
  calls: number;
  /** 8 KiB blocks that were found in PostgreSQL's own memory, and that had to be fetched. */
  blocksHit: number;
  blocksRead: number;
  ms: number;
}

/** Of a server whose statements and plans are looked at. Both are quiet until they are asked. */
export const OBSERVED: Readonly<Record<string, string>> = {
  shared_preload_libraries: 'pg_stat_statements,auto_explain',
  'pg_stat_statements.max': '2000',
};

const COUNTED = `
SELECT s.query, s.calls::float8 AS calls, s.shared_blks_hit::float8 AS hit, s.shared_blks_read::float8 AS read,
  s.total_exec_time AS ms
FROM pg_stat_statements s
WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND s.userid = 'switchhook_worker'::regrole AND s.toplevel`;

export type CountedStatement = StatementCost & { query: string };

export async function countStatements(ask: Ask): Promise<void> {
  await ask('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  await ask('SELECT pg_stat_statements_reset()');
}

export async function countedStatements(ask: Ask): Promise<CountedStatement[]> {
  return (await ask(COUNTED)).map((row) => ({
    query: row['query'] as string,
    calls: row['calls'] as number,
    blocksHit: row['hit'] as number,
    blocksRead: row['read'] as number,
    ms: row['ms'] as number,
  }));
}

/**
 * @param texts  of statements, by name
 * @returns the costs of those whose name is known
 */
export function costsByName(
  counted: readonly CountedStatement[],
  texts: ReadonlyMap<string, string>,
): Map<string, StatementCost> {
  const names = new Map([...texts].map(([name, text]) => [withoutConstants(text), name]));
  const costs = new Map<string, StatementCost>();
  for (const { query, ...more } of counted) {
    const name = names.get(withoutConstants(query));
    if (name === undefined) continue;
    const { calls, blocksHit, blocksRead, ms } = costs.get(name) ?? {
      calls: 0,
      blocksHit: 0,
      blocksRead: 0,
      ms: 0,
    };
    costs.set(name, {
      calls: calls + more.calls,
      blocksHit: blocksHit + more.blocksHit,
      blocksRead: blocksRead + more.blocksRead,
      ms: ms + more.ms,
    });
  }
  return costs;
}

/** pg_stat_statements puts parameters in the place of constants, and one for a whole list of them. */
export function withoutConstants(text: string): string {
  return text
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/\/\*[^]*?\*\//g, ' ')
    .replaceAll(/'(?:[^']|'')*'|\$\d+|\b\d+(?:\.\d+)?\b|\b(?:true|false|null)\b/gi, '?')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\?(?: ?, ?\?)* ?\)/g, '?)')
    .trim();
}
