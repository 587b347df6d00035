import { maintainPartitions, migrate } from '#db';
import { migrateQueue } from '#queues';
import type { Env } from '#platform';

/** Brings a database to what this build needs: our tables, the queue's tables, the partitions of the coming weeks. */
export async function migrateAll(databaseUrl: string, env: Env, now: number): Promise<string[]> {
  const applied = await migrate(databaseUrl);
  // These have nothing to do with each other, and a start waits for both.
  await Promise.all([
    migrateQueue(databaseUrl),
    maintainPartitions(databaseUrl, now, {
      receiptDays: env.RETENTION_RECEIPT_DAYS,
      deliveryDays: env.RETENTION_DELIVERY_DAYS,
    }),
  ]);
  return applied;
}
