import { Cluster, Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { HotPool } from '#db';
import type { Env } from '#platform';

/** The window in which requests are counted, in seconds. */
export const WINDOW_SECONDS = 60;

/** One hash tag with the queues' keys is not needed: each counter is one key. */
const PREFIX = 'switchhook_rate';

export interface RateLimiter {
  limits: RateLimiterAbstract;
  close: () => Promise<void>;
}

/**
 * Counts requests where all api processes count them: in Redis when there is one, else in PostgreSQL, one upsert a request
 * into an unlogged table. A key that has used up its requests is refused from memory, so a runaway client costs nothing.
 * When the store is away each process counts for itself: a limit must not be what stops the API.
 */
export function openRateLimiter(
  env: Pick<Env, 'API_RATE_PER_MINUTE' | 'REDIS_URL' | 'REDIS_CLUSTER'>,
  hot: HotPool,
): RateLimiter {
  const points = env.API_RATE_PER_MINUTE;
  const options = {
    points,
    duration: WINDOW_SECONDS,
    keyPrefix: PREFIX,
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: new RateLimiterMemory({ points, duration: WINDOW_SECONDS, keyPrefix: PREFIX }),
  };
  if (env.REDIS_URL === undefined) {
    const limits = new RateLimiterPostgres({
      ...options,
      storeClient: hot.pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
    });
    return { limits, close: () => Promise.resolve() };
  }
  const redis = openRedis(env.REDIS_URL, env.REDIS_CLUSTER);
  redis.on('error', () => undefined);
  return {
    limits: new RateLimiterRedis({ ...options, storeClient: redis }),
    close: () => {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

/** A count that cannot be had now is not waited for. */
function openRedis(url: string, cluster: boolean): Redis | Cluster {
  const impatient = { maxRetriesPerRequest: 1, enableOfflineQueue: false };
  return cluster
    ? new Cluster([url], { enableOfflineQueue: false, redisOptions: impatient })
    : new Redis(url, impatient);
}
