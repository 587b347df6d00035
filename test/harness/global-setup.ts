import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
// Jest loads this file without its module map: `#db` and `#queues` are the built ones here (`npm test` builds first), and
// the files of this folder, and what they import, are called by their own names.
import { EmbeddedServer, maintainPartitions, migrate } from '#db';
import { migrateQueue } from '#queues';
import { startPostgresContainer } from './containers.ts';
import { dockerAnswers } from './docker-answers.ts';
import { redisProgram } from './redis-program.ts';
import { chooseServices, servicesSentence, type Services } from './services.ts';
import { SERVICES } from './test-services.ts';

/** Variables that tell the test files where the server is, and which database they get copies of. */
export const TEMPLATE = 'TEST_TEMPLATE_DATABASE';
export const SERVER = 'TEST_SERVER_URL';

const FOREVER_DAYS = 36_500;

export interface TestRun {
  stop: () => Promise<void>;
}

interface OwnServer {
  url: string;
  stop: () => Promise<void>;
}

/** One server for the whole run, and in it one migrated template. */
export default async function globalSetup(): Promise<void> {
  const { own, services } = await open(await choose());
  process.stderr.write(`tests: ${servicesSentence(services)}\n`);
  process.env[SERVICES] = JSON.stringify(services);
  const server = own?.url ?? process.env['DATABASE_URL'] ?? '';
  const template = `test_template_${String(process.pid)}`;
  process.env[SERVER] = server;
  process.env[TEMPLATE] = template;
  const stop = async () => {
    if (own) await own.stop();
    else await onServer(server, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  };
  (globalThis as { testRun?: TestRun }).testRun = { stop };
  await onServer(server, `CREATE DATABASE ${template}`);
  const url = urlOf(server, template);
  await migrate(url);
  await migrateQueue(url);
  await maintainPartitions(url, Date.now(), { receiptDays: FOREVER_DAYS, deliveryDays: FOREVER_DAYS });
  // A database that somebody is connected to cannot be copied, and Prisma's engine leaves idle connections behind.
  await onServer(server, `ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
  await onServer(
    server,
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${template}'`,
  );
}

async function choose(withDocker = true): Promise<Services> {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env;
  return chooseServices({
    databaseUrl,
    redisUrl,
    dockerAnswers: withDocker && (await dockerAnswers()),
    redisProgram: redisProgram(),
  });
}

async function open(services: Services): Promise<{ services: Services; own: OwnServer | undefined }> {
  if (services.database === 'DATABASE_URL') return { services, own: undefined };
  if (services.database === 'embedded') return { services, own: await startEmbedded() };
  try {
    return { services, own: await startPostgresContainer() };
  } catch (error) {
    // An engine without a way to the images, say.
    process.stderr.write(`\n*** Docker answers, but no container came up: ${String(error)} ***\n\n`);
    return open(await choose(false));
  }
}

async function startEmbedded(): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchhook-test-'));
  // Root lends the server another user, who must get to the cluster below; the cluster itself is closed to everybody else.
  await chmod(dataDir, 0o755);
  const server = await EmbeddedServer.start({
    dataDir,
    // Nobody needs these rows after a power cut.
    settings: { fsync: 'off', max_connections: '300' },
  });
  return {
    url: server.url('postgres'),
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The same server's URL for another database. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

/** Runs one statement on the server's maintenance database. */
export async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
