import { openSession } from './open-session.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** For so long an import can be started, looked at and undone. */
export const IMPORT_DAYS = 30;
/** No file takes so long to come: its sender is gone, or the process that took it. */
const UPLOAD_DAYS = 1;

/**
 * Deletes imports that nobody goes on with, with their files, faults and what undoing them needs. What they imported stays.
 *
 * @param connectionString  the login that owns the tables
 * @param now  epoch milliseconds
 * @returns how many it was
 */
export async function forgetImports(connectionString: string, now: number): Promise<number> {
  const client = await openSession(connectionString);
  try {
    const { rowCount } = await client.query(
      `DELETE FROM import WHERE state NOT IN ('running', 'undoing')
         AND updated_at < to_timestamp(CASE state WHEN 'uploading' THEN $1::float8 ELSE $2::float8 END / 1000)`,
      [now - UPLOAD_DAYS * DAY_MS, now - IMPORT_DAYS * DAY_MS],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
