import { Queue, Worker, createPostgresBackend, runMigrations } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

const NAME = 'floor';
const SCHEMA = 'floor_queue';

/** Rows that one insert made durable. */
export interface FloorJob {
  ids: string[];
}

export interface FloorPlaces {
  databaseUrl: string;
  /** Undefined: the queue lives in PostgreSQL. */
  redisUrl: string | undefined;
}

/** BullMQ's own tables, where it needs them. */
export async function makeFloorQueue({ databaseUrl, redisUrl }: FloorPlaces): Promise<void> {
  if (redisUrl !== undefined) return;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await runMigrations(client, SCHEMA);
  await client.end();
}

export function floorQueue(places: FloorPlaces): Queue<FloorJob> {
  if (places.redisUrl !== undefined) return new Queue<FloorJob>(NAME, { connection: redis(places.redisUrl) });
  return new Queue<FloorJob, void, string, never>(
    NAME,
    { connection: postgres(places) },
    createPostgresBackend as never,
  );
}

export function floorWorker(
  places: FloorPlaces,
  concurrency: number,
  work: (job: FloorJob) => Promise<void>,
): void {
  const handle = (job: { data: FloorJob }) => work(job.data);
  const worker =
    places.redisUrl === undefined
      ? new Worker<FloorJob, void, string, never>(
          NAME,
          handle,
          { connection: postgres(places), concurrency },
          createPostgresBackend as never,
        )
      : new Worker<FloorJob>(NAME, handle, { connection: redis(places.redisUrl), concurrency });
  worker.on('error', () => undefined);
}

function redis(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null });
}

function postgres({ databaseUrl }: FloorPlaces) {
  return { connectionString: databaseUrl, schema: SCHEMA, max: 2 };
}
