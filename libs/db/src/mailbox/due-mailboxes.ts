import type { HotPool } from '../pool/hot-pool.js';
import type { LeasedKind } from './mailbox-lease-book.js';

/**
 * Most hop from mailbox to mailbox along a partial index of what is due, so the cost is one index probe a mailbox, however
 * many letters wait in it. A connection is due for its receipts, and for calls whose end never came.
 */
const DUE: Record<LeasedKind, string> = {
  connection: `
WITH RECURSIVE hop AS (
  (SELECT connection_id AS id FROM receipt WHERE state = 'due' ORDER BY connection_id LIMIT 1)
  UNION ALL
  SELECT (SELECT r.connection_id FROM receipt r WHERE r.state = 'due' AND r.connection_id > hop.id
          ORDER BY r.connection_id LIMIT 1)
  FROM hop WHERE hop.id IS NOT NULL
),
settling AS (
  (SELECT connection_id AS id, settle_at FROM call WHERE settle_at IS NOT NULL
   ORDER BY connection_id, settle_at LIMIT 1)
  UNION ALL
  SELECT n.id, n.settle_at FROM settling CROSS JOIN LATERAL (
    SELECT c.connection_id AS id, c.settle_at FROM call c WHERE c.settle_at IS NOT NULL AND c.connection_id > settling.id
    ORDER BY c.connection_id, c.settle_at LIMIT 1) n
),
due AS (
  SELECT id FROM hop WHERE id IS NOT NULL
  UNION
  SELECT id FROM settling WHERE settle_at <= now()
)
SELECT due.id FROM due LEFT JOIN mailbox m ON m.kind = 'connection' AND m.id = due.id
WHERE m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now())`,
  endpoint: `
WITH RECURSIVE hop AS (
  (SELECT endpoint_id AS id, due_at FROM delivery WHERE state = 'due' ORDER BY endpoint_id, due_at LIMIT 1)
  UNION ALL
  SELECT n.id, n.due_at FROM hop CROSS JOIN LATERAL (
    SELECT d.endpoint_id AS id, d.due_at FROM delivery d WHERE d.state = 'due' AND d.endpoint_id > hop.id
    ORDER BY d.endpoint_id, d.due_at LIMIT 1) n
)
SELECT hop.id FROM hop LEFT JOIN mailbox m ON m.kind = 'endpoint' AND m.id = hop.id
WHERE hop.due_at <= now() AND (m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now()))`,
  // A replay is not hopped to: its own row says that it has work, and there are few.
  replay: `
SELECT r.id FROM replay r LEFT JOIN mailbox m ON m.kind = 'replay' AND m.id = r.id
WHERE r.state IN ('running', 'cancelling') AND (m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now()))`,
  import: `
SELECT i.id FROM import i LEFT JOIN mailbox m ON m.kind = 'import' AND m.id = i.id
WHERE i.state IN ('running', 'undoing') AND (m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now()))`,
  erasure: `
SELECT e.id FROM erasure e LEFT JOIN mailbox m ON m.kind = 'erasure' AND m.id = e.id
WHERE e.state IN ('counting', 'telling', 'erasing')
  AND (m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now()))`,
  // The mailbox of orders is their connection's: its PBX is asked of all of them.
  order: `
WITH RECURSIVE hop AS (
  (SELECT connection_id AS id, look_at FROM dial_attempt WHERE look_at IS NOT NULL ORDER BY connection_id, look_at LIMIT 1)
  UNION ALL
  SELECT n.id, n.look_at FROM hop CROSS JOIN LATERAL (
    SELECT d.connection_id AS id, d.look_at FROM dial_attempt d WHERE d.look_at IS NOT NULL AND d.connection_id > hop.id
    ORDER BY d.connection_id, d.look_at LIMIT 1) n
)
SELECT hop.id FROM hop
-- Kept apart, or the planner walks all mailboxes of the kind.
LEFT JOIN LATERAL (SELECT * FROM mailbox WHERE kind = 'order' AND id = hop.id OFFSET 0) m ON true
WHERE hop.look_at <= now() AND (m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now()))`,
  campaign: `
SELECT c.id FROM campaign c
LEFT JOIN LATERAL (SELECT * FROM mailbox WHERE kind = 'campaign' AND id = c.id OFFSET 0) m ON true
WHERE c.due_at <= now() AND (m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now()))`,
  // One that is wanted is always due: whoever has the lease listens for as long as it holds.
  feed: `
SELECT a.connection_id AS id FROM pbx_account a
LEFT JOIN LATERAL (SELECT * FROM mailbox WHERE kind = 'feed' AND id = a.connection_id OFFSET 0) m ON true
WHERE a.enabled AND a.settings->>'feed' = 'on'
  AND (m.id IS NULL OR (m.lease_until <= now() AND m.not_before <= now()))`,
};

/** Ids of mailboxes with due letters that nobody drains and that do not wait. */
export async function dueMailboxes(hot: HotPool, kind: LeasedKind): Promise<string[]> {
  const rows = await hot.run<{ id: string }>(`sweep.${kind}`, DUE[kind], []);
  return rows.map(({ id }) => id);
}

/**
 * Letters that wait and the age of the oldest in seconds, by mailbox kind; for the metrics. An order is a letter
 * when it is to be looked at, and so is a campaign; a channel of a PBX has none. A replay, an import or an erasure is one letter,
 * as old as what it did last.
 */
export async function mailboxDepths(
  hot: HotPool,
): Promise<{ kind: LeasedKind; depth: number; ageSeconds: number }[]> {
  const rows = await hot.run<{ kind: LeasedKind; depth: string; age: number | null }>(
    'mailbox.depth',
    `SELECT 'connection' AS kind, count(*) AS depth, extract(epoch FROM now() - min(received_at))::float8 AS age
       FROM receipt WHERE state = 'due'
     UNION ALL
     SELECT 'endpoint', count(*), extract(epoch FROM now() - min(due_at))::float8
       FROM delivery WHERE state = 'due'
     UNION ALL
     SELECT 'replay', count(*), extract(epoch FROM now() - min(updated_at))::float8
       FROM replay WHERE state IN ('running', 'cancelling')
     UNION ALL
     SELECT 'import', count(*), extract(epoch FROM now() - min(updated_at))::float8
       FROM import WHERE state IN ('running', 'undoing')
     UNION ALL
     SELECT 'erasure', count(*), extract(epoch FROM now() - min(updated_at))::float8
       FROM erasure WHERE state IN ('counting', 'telling', 'erasing')
     UNION ALL
     SELECT 'order', count(*), extract(epoch FROM now() - min(look_at))::float8
       FROM dial_attempt WHERE look_at <= now()
     UNION ALL
     SELECT 'campaign', count(*), extract(epoch FROM now() - min(due_at))::float8
       FROM campaign WHERE due_at <= now()`,
    [],
  );
  return rows.map(({ kind, depth, age }) => ({
    kind,
    depth: Number(depth),
    ageSeconds: Math.max(0, age ?? 0),
  }));
}
