import type { FeedPhoneNow, FeedQueueNow } from '#domain';
import type { TestConnection } from '../harness/tenant.js';
import type { Sql } from '../harness/world.js';

type Phone = Pick<FeedPhoneNow, 'extension' | 'device'> & { calls: readonly object[] };

/** Somebody listens to the connection's channel, and heard this. */
export async function hearsOf(
  sql: Sql,
  { id, tenantId }: Pick<TestConnection, 'id' | 'tenantId'>,
  phones: readonly Phone[],
  queues: readonly FeedQueueNow[] = [],
): Promise<void> {
  await sql.rows(
    `INSERT INTO mailbox (kind, id, fence, lease_until, not_before)
     VALUES ('feed', $1, 1, now() + interval '1 hour', to_timestamp(0))`,
    [id],
  );
  await sql.rows(`INSERT INTO pbx_feed VALUES ($1, $2, 1, 'up', now(), now())`, [id, tenantId]);
  const told = [
    ...phones.map((phone) => ['phone', phone.extension, phone.device, { agentId: null, ...phone }] as const),
    ...queues.map((queue) => ['queue', queue.queue.id, null, queue] as const),
  ];
  for (const [kind, key, device, data] of told) {
    const values = [tenantId, id, kind, key, device, JSON.stringify(data)];
    await sql.rows(`INSERT INTO pbx_told VALUES ($1, $2, $3, $4, $5, $6)`, values);
  }
}
