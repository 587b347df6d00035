import { Redis } from 'ioredis';
import pg from 'pg';
import { openQueueBackend, type QueueBackend } from '#queues';
import { RedisServer } from './redis-server.js';
import { testServices } from './test-services.js';

/** Where the doorbells live during one test file. */
export interface QueueHome {
  /** For processes: what to add to their environment. */
  env: Record<string, string>;
  /** For tests inside this process. */
  open(): QueueBackend;
  /** Loses every job at once: FLUSHALL, or empty tables. */
  forgetEverything(): Promise<void>;
  /** There when the Redis is ours, and may be stopped and started: always with STOPPABLE_BACKENDS. */
  redis?: RedisServer;
  close(): Promise<void>;
}

export interface Backend {
  name: 'postgres' | 'redis';
  /** @param databaseUrl  a migrated database of the test's own */
  home(databaseUrl: string): Promise<QueueHome>;
}

const DEADLOCK = '40P01';
const QUEUE_SCHEMA = 'switchhook_queue';

const postgres: Backend = {
  name: 'postgres',
  home: (databaseUrl) =>
    Promise.resolve({
      env: {},
      open: () => openQueueBackend({ redisUrl: undefined, redisCluster: false, databaseUrl }),
      forgetEverything: () => emptyQueueTables(databaseUrl),
      close: () => Promise.resolve(),
    }),
};

/** @param own  one that may be stopped, and that nobody else uses */
const redis = (own: boolean): Backend => ({
  name: 'redis',
  home: async (databaseUrl) => {
    const server = own ? await RedisServer.start() : undefined;
    const url = server?.url ?? databaseOfThisWorker(process.env['REDIS_URL'] ?? '');
    return {
      env: { REDIS_URL: url },
      open: () => openQueueBackend({ redisUrl: url, redisCluster: false, databaseUrl }),
      forgetEverything: () => (server ? server.flushAll() : flushDatabase(url)),
      ...(server ? { redis: server } : {}),
      close: async () => {
        await server?.close();
      },
    };
  },
});

const services = testServices();

/** Both backends where both are there. Without a Redis the tests on it are left out aloud, and fail where CI runs. */
export const BACKENDS: Backend[] = [
  postgres,
  ...(isThere(services.redis, 'no REDIS_URL') ? [redis(services.redis !== 'REDIS_URL')] : []),
];

/** The same for tests that stop what the queue lives in: never a Redis that was given. */
export const STOPPABLE_BACKENDS: Backend[] = [
  postgres,
  ...(isThere(services.ownRedis, 'the one at REDIS_URL is not ours to stop') ? [redis(true)] : []),
];

function isThere(choice: string, why: string): boolean {
  if (choice !== 'none') return true;
  const complaint = `No Docker engine answers, no redis-server is on the PATH, and ${why}: this is not tested on Redis.`;
  if (process.env['CI'] !== undefined) throw new Error(complaint);
  process.stderr.write(`\n*** ${complaint} ***\n\n`);
  return false;
}

/** A Redis that several test files share: each worker of Jest takes a database of its own. */
function databaseOfThisWorker(url: string): string {
  const own = new URL(url);
  own.pathname = `/${process.env['JEST_WORKER_ID'] ?? '1'}`;
  return own.toString();
}

async function flushDatabase(url: string): Promise<void> {
  const client = new Redis(url);
  try {
    await client.flushdb();
  } finally {
    client.disconnect();
  }
}

async function emptyQueueTables(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const found = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname = $1 AND tablename !~ 'migration'`,
      [QUEUE_SCHEMA],
    );
    const tables = found.rows.map(({ name }) => name).join(', ');
    // Workers go on meanwhile and lock the tables in an order of their own: PostgreSQL may end this one to let them.
    while (!(await isDone(client, `TRUNCATE ${tables}`)));
  } finally {
    await client.end();
  }
}

/** False where it was ended because it and others waited for each other. */
async function isDone(client: pg.Client, statement: string): Promise<boolean> {
  try {
    await client.query(statement);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === DEADLOCK) return false;
    throw error;
  }
}
