import { Queue, Worker, createPostgresBackend, runMigrations, type Job, type WorkerOptions } from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import pg from 'pg';
import type { Ring } from './contract.js';

/** PostgreSQL schema that BullMQ keeps its own tables in. */
const SCHEMA = 'switchhook_queue';
/** One hash tag, so that all keys of the queues live in one slot of a Redis Cluster. */
const PREFIX = '{switchhook}';
/** Waits between tries to reach a Redis that is away grow by this, up to that. */
const RECONNECT_STEP_MS = 50;
const RECONNECT_MOST_MS = 1_000;

export interface QueueSettings {
  /** Redis when set; PostgreSQL otherwise. */
  redisUrl: string | undefined;
  redisCluster: boolean;
  databaseUrl: string;
}

export type RingQueue = Pick<
  Queue<Ring>,
  'addBulk' | 'close' | 'getJobCounts' | 'waitUntilReady' | 'on' | 'obliterate'
>;
export type RingWorker = Pick<Worker<Ring>, 'run' | 'close' | 'on' | 'waitUntilReady'>;
export type RingHandler = (job: Pick<Job<Ring>, 'data'>) => Promise<void>;

/** Opens BullMQ's two ends on either of its backends; nothing else of ours knows which one it is. */
export interface QueueBackend {
  readonly name: 'redis' | 'postgres';
  queue(name: string): RingQueue;
  worker(
    name: string,
    handler: RingHandler,
    options: Omit<WorkerOptions, 'connection' | 'prefix'>,
  ): RingWorker;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function openQueueBackend(settings: QueueSettings): QueueBackend {
  return settings.redisUrl === undefined
    ? postgresBackend(settings.databaseUrl)
    : redisBackend(settings.redisUrl, settings.redisCluster);
}

/** Makes BullMQ's tables in PostgreSQL; part of `npm run db:migrate`. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}

function redisBackend(url: string, cluster: boolean): QueueBackend {
  let closed = false;
  // BullMQ makes copies of a connection with its options; those that are not connected end with this.
  const retryStrategy = (times: number): number | null =>
    closed ? null : Math.min(times * RECONNECT_STEP_MS, RECONNECT_MOST_MS);
  const open = (options: {
    maxRetriesPerRequest: number | null;
    enableOfflineQueue: boolean;
  }): Redis | Cluster =>
    cluster
      ? new Cluster([url], {
          ...options,
          clusterRetryStrategy: retryStrategy,
          redisOptions: { maxRetriesPerRequest: options.maxRetriesPerRequest },
        })
      : new Redis(url, { ...options, retryStrategy });
  // A ring that cannot be delivered now is worth nothing later: the sweeper rings again. So it fails at once.
  const ringing = open({ maxRetriesPerRequest: 1, enableOfflineQueue: false });
  const working = open({ maxRetriesPerRequest: null, enableOfflineQueue: true });
  for (const client of [ringing, working]) client.on('error', () => undefined);
  return {
    name: 'redis',
    queue: (name) => new Queue<Ring>(name, { connection: ringing, prefix: PREFIX }),
    worker: (name, handler, options) =>
      new Worker<Ring>(name, handler, { ...options, connection: working, prefix: PREFIX }),
    ping: async () => {
      await ringing.ping();
    },
    close: async () => {
      closed = true;
      ringing.disconnect();
      working.disconnect();
      await Promise.resolve();
    },
  };
}

function postgresBackend(databaseUrl: string): QueueBackend {
  const connection = (max: number) => ({
    connectionString: databaseUrl,
    schema: SCHEMA,
    max,
    application_name: 'switchhook-queue',
  });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  pool.on('error', () => undefined);
  return {
    name: 'postgres',
    queue: (name) =>
      new Queue<Ring, void, string, never>(
        name,
        { connection: connection(2) },
        createPostgresBackend as never,
      ),
    worker: (name, handler, options) =>
      new Worker<Ring, void, string, never>(
        name,
        handler,
        { ...options, connection: connection(4) },
        createPostgresBackend as never,
      ),
    ping: async () => {
      await pool.query('SELECT 1');
    },
    close: () => pool.end(),
  };
}
