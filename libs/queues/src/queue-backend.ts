import {
  Queue,
  QueueEvents,
  QueueEventsProducer,
  Worker,
  createPostgresBackend,
  runMigrations,
  type Job,
  type WorkerOptions,
} from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import pg from 'pg';
import type { PopupAsk, Ring } from './contract.js';
import { hearingOf, tellingOf, type Hearing, type Telling } from './queue-events.js';

/** PostgreSQL schema that BullMQ keeps its own tables in. */
const SCHEMA = 'switchhook_queue';
/** One hash tag, so that all keys of the queues live in one slot of a Redis Cluster. */
const PREFIX = '{switchhook}';
/**
 * A notification that comes between a look at the events and the wait for it is missed, and where several tell at once only one of
 * them notifies: so often it is looked without one.
 */
const LOOK_FOR_EVENTS_MS = 100;
/** Waits between tries to reach a Redis that is away grow by this, up to that. */
const RECONNECT_STEP_MS = 50;
const RECONNECT_MOST_MS = 1_000;

export interface QueueSettings {
  /** Redis when set; PostgreSQL otherwise. */
  redisUrl: string | undefined;
  redisCluster: boolean;
  databaseUrl: string;
}

/** What jobs carry. */
type Load = Ring | PopupAsk;

export type LoadQueue<L extends Load> = Pick<
  Queue<L, void, string, L, void, string>,
  'add' | 'close' | 'getJobCounts' | 'waitUntilReady' | 'on' | 'obliterate'
>;
export type LoadWorker<L extends Load> = Pick<Worker<L>, 'run' | 'close' | 'on' | 'waitUntilReady'>;
export type LoadHandler<L extends Load> = (job: Pick<Job<L>, 'data'>) => Promise<void>;
export type RingQueue = LoadQueue<Ring>;
export type RingWorker = LoadWorker<Ring>;
export type RingHandler = LoadHandler<Ring>;

/** Opens BullMQ's two ends on either of its backends; nothing else of ours knows which one it is. */
export interface QueueBackend {
  readonly name: 'redis' | 'postgres';
  queue<L extends Load = Ring>(name: string): LoadQueue<L>;
  worker<L extends Load = Ring>(
    name: string,
    handler: LoadHandler<L>,
    options: Omit<WorkerOptions, 'connection' | 'prefix'>,
  ): LoadWorker<L>;
  hearing(name: string, heard: (words: readonly string[]) => void): Hearing;
  telling(name: string): Telling;
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
    queue: <L extends Load>(name: string) =>
      new Queue<L, void, string, L, void, string>(name, { connection: ringing, prefix: PREFIX }),
    worker: <L extends Load>(
      name: string,
      handler: LoadHandler<L>,
      options: Omit<WorkerOptions, 'connection' | 'prefix'>,
    ) => new Worker<L>(name, handler, { ...options, connection: working, prefix: PREFIX }),
    hearing: (name, heard) =>
      hearingOf(new QueueEvents(name, { connection: working, prefix: PREFIX, autorun: false }), heard),
    telling: (name) => tellingOf(new QueueEventsProducer(name, { connection: ringing, prefix: PREFIX })),
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
    queue: <L extends Load>(name: string) =>
      new Queue<L, void, string, never>(name, { connection: connection(2) }, createPostgresBackend as never),
    worker: <L extends Load>(
      name: string,
      handler: LoadHandler<L>,
      options: Omit<WorkerOptions, 'connection' | 'prefix'>,
    ) =>
      new Worker<L, void, string, never>(
        name,
        handler,
        { ...options, connection: connection(4) },
        createPostgresBackend as never,
      ),
    hearing: (name, heard) =>
      hearingOf(
        new QueueEvents<never>(
          name,
          { connection: connection(2), autorun: false, blockingTimeout: LOOK_FOR_EVENTS_MS },
          createPostgresBackend as never,
        ),
        heard,
      ),
    telling: (name) =>
      tellingOf(
        new QueueEventsProducer<never>(name, { connection: connection(1) }, createPostgresBackend as never),
      ),
    ping: async () => {
      await pool.query('SELECT 1');
    },
    close: () => pool.end(),
  };
}
