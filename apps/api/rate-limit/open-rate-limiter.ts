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
/** Tries to sign in that did not work, and how long they count, in seconds. */
export const SIGN_IN_LIMITS = {
  /** From one address: an office behind one may mistype more than a person does. */
  address: { points: 50, seconds: 10 * 60 },
  /** To one account, from wherever. */
  account: { points: 10, seconds: 15 * 60 },
} as const;

/** A credential's own rate is a share of these points; see `VendorLimits`. */
export const VENDOR_LIMITS = {
  requests: { points: 60_000, seconds: 60 },
  guesses: { points: 50, seconds: 10 * 60 },
} as const;

/** One hash tag with the queues' keys is not needed: each counter is one key. */
const PREFIX = 'switchhook_rate';

export interface RateLimiter {
  /** Requests of each actor. */
  limits: RateLimiterAbstract;
  /** Tries to sign in, by address and by account. */
  signIns: Record<keyof typeof SIGN_IN_LIMITS, RateLimiterAbstract>;
  /** Requests of the vendors' request APIs, and credentials that nobody has. */
  vendors: Record<keyof typeof VENDOR_LIMITS, RateLimiterAbstract>;
  close: () => Promise<void>;
}

interface Limit {
  prefix: string;
  points: number;
  seconds: number;
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
  const redis = env.REDIS_URL === undefined ? undefined : openRedis(env.REDIS_URL, env.REDIS_CLUSTER);
  redis?.on('error', () => undefined);
  const open = (limit: Limit): RateLimiterAbstract =>
    redis === undefined
      ? inPostgres(limit, hot)
      : new RateLimiterRedis({ ...optionsOf(limit), storeClient: redis });
  const { address, account } = SIGN_IN_LIMITS;
  return {
    limits: open({ prefix: PREFIX, points: env.API_RATE_PER_MINUTE, seconds: WINDOW_SECONDS }),
    signIns: {
      address: open({ prefix: `${PREFIX}_address`, ...address }),
      account: open({ prefix: `${PREFIX}_account`, ...account }),
    },
    vendors: {
      requests: open({ prefix: `${PREFIX}_vendor`, ...VENDOR_LIMITS.requests }),
      guesses: open({ prefix: `${PREFIX}_vendor_guess`, ...VENDOR_LIMITS.guesses }),
    },
    close: () => {
      redis?.disconnect();
      return Promise.resolve();
    },
  };
}

function inPostgres(limit: Limit, hot: HotPool): RateLimiterAbstract {
  return new RateLimiterPostgres({
    ...optionsOf(limit),
    storeClient: hot.pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
  });
}

function optionsOf({ prefix: keyPrefix, points, seconds: duration }: Limit) {
  const insuranceLimiter = new RateLimiterMemory({ points, duration, keyPrefix });
  return { points, duration, keyPrefix, inMemoryBlockOnConsumed: points + 1, insuranceLimiter };
}

/** A count that cannot be had now is not waited for. */
function openRedis(url: string, cluster: boolean): Redis | Cluster {
  const impatient = { maxRetriesPerRequest: 1, enableOfflineQueue: false };
  return cluster
    ? new Cluster([url], { enableOfflineQueue: false, redisOptions: impatient })
    : new Redis(url, impatient);
}
