/** Where the tests' servers come from. */
export interface Services {
  database: 'DATABASE_URL' | 'Docker' | 'embedded';
  /** For tests that only use it. */
  redis: 'REDIS_URL' | 'Docker' | 'redis-server' | 'none';
  /** For tests that stop it and start it again: nobody else's. */
  ownRedis: 'Docker' | 'redis-server' | 'none';
}

export interface Surroundings {
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  /** A Docker engine is there and answers. */
  dockerAnswers: boolean;
  /** Path of redis-server, when it is installed. */
  redisProgram: string | undefined;
}

/** What is given is taken; else a container, where an engine answers; else what is installed. */
export function chooseServices({
  databaseUrl,
  redisUrl,
  dockerAnswers,
  redisProgram,
}: Surroundings): Services {
  const installed = redisProgram === undefined ? 'none' : 'redis-server';
  const ownRedis = dockerAnswers ? 'Docker' : installed;
  return {
    database: databaseUrl !== undefined ? 'DATABASE_URL' : dockerAnswers ? 'Docker' : 'embedded',
    redis: redisUrl !== undefined ? 'REDIS_URL' : ownRedis,
    ownRedis,
  };
}

const DATABASES = {
  DATABASE_URL: 'at DATABASE_URL',
  Docker: 'in a container',
  embedded: 'from node_modules',
} as const;
const REDISES = {
  REDIS_URL: 'at REDIS_URL',
  Docker: 'in containers',
  'redis-server': 'by redis-server on the PATH',
  none: 'nowhere',
} as const;

/** One line for whoever runs the tests. */
export function servicesSentence({ database, redis, ownRedis }: Services): string {
  const own = redis === ownRedis ? '' : ` (${REDISES[ownRedis]} where it is stopped)`;
  return `PostgreSQL ${DATABASES[database]}, Redis ${REDISES[redis]}${own}`;
}
