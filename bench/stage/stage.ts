/** Everything that a workload plays on: database, queue, product processes, load generator and sink, each a process of its own. */
import { fileURLToPath } from 'node:url';
import type { Script } from '../../apps/simulator/index.js';
import { Forked } from '../forked.js';
import type { LoadAnswers } from '../load-process.js';
import type { LoadProgress } from '../load/load-contract.js';
import type { BenchOptions } from '../options.js';
import type { SinkAnswers } from '../sink-process.js';
import type { Child } from './child.js';
import { hasProgram, type Build } from './build.js';
import { databaseOfStandalone, startDatabase, type Database } from './database.js';
import { Floor } from '../floor/floor.js';
import type { Playing } from './playing.js';
import { Product, type AppName } from './product.js';
import { startRedis } from './redis-server.js';
import { scratchFolder } from './scratch-folder.js';
import { makeTenants, type BenchTenant } from './tenants.js';
import type { Unwind } from './unwind.js';
import { WalMeter } from './wal-meter.js';

export interface Surroundings {
  options: BenchOptions;
  /** What is measured. */
  build: Build;
  unwind: Unwind;
  /** Aborted when the person at the keyboard has had enough. */
  signal: AbortSignal;
  /** Progress, one short line. */
  say: (line: string) => void;
}

export interface StagePlan {
  apps: readonly AppName[];
  /** Endpoints of each tenant. */
  fanOut: number;
  /** Deliveries a minute that each endpoint takes; without it as many as there are. */
  ratePerMinute?: number;
  /** Of PostgreSQL, beside those that the product sets. */
  serverSettings?: Readonly<Record<string, string>>;
}

export interface Stage {
  plan: StagePlan;
  /** What the load is played on. */
  playing: Playing;
  /** Undefined when that is the floor. */
  product: Product | undefined;
  /** Undefined when the queue lives in PostgreSQL. */
  redis: Child | undefined;
  postgresPid: number;
  databaseUrl: string;
  postgresLog: string;
  wal: Pick<WalMeter, 'bytes'>;
  load: Forked<LoadAnswers, LoadProgress>;
  sink: Forked<SinkAnswers>;
  tenants: BenchTenant[];
  setScript: (endpoint: string, script: Script) => Promise<void>;
}

/** Whatever was started is undone by `unwind`, also when this throws half-way. */
export async function openStage(plan: StagePlan, surroundings: Surroundings): Promise<Stage> {
  const { options, build, unwind, signal, say } = surroundings;
  const { folder, remove } = await scratchFolder();
  unwind.add('the temporary folder', () => (options.keep ? say(`kept ${folder}`) : remove()));
  say(`PostgreSQL and ${options.queue === 'redis' ? 'Redis' : 'its queue'} in ${folder}`);
  const given = options.standalone
    ? undefined
    : await startDatabase(folder, { build, unwind, say, settings: plan.serverSettings });
  signal.throwIfAborted();
  const redis = options.queue === 'redis' ? await startRedis(folder, signal) : undefined;
  if (redis) unwind.add('Redis', () => redis.child.stop(5_000));

  const sink = fork<Forked<SinkAnswers>>('../sink-process.js', unwind);
  const load = fork<Forked<LoadAnswers, LoadProgress>>('../load-process.js', unwind);
  const sinkUrl = `http://127.0.0.1:${String(await sink.ask('listen', undefined))}/crm/`;

  const play = { plan, folder, sinkUrl, database: given, redisUrl: redis?.url };
  const played =
    build.isFloor === true ? await playFloor(play, surroundings) : await playProduct(play, surroundings);
  await sink.ask(
    'secrets',
    // The floor signs nothing.
    played.tenants.flatMap(({ endpoints }) => endpoints.filter(({ secret }) => secret !== '')),
  );
  return {
    plan,
    playing: played.playing,
    product: played.product,
    redis: redis?.child,
    postgresPid: played.database.pid,
    databaseUrl: played.database.url,
    postgresLog: played.database.logFile,
    wal: new WalMeter(played.database.url, unwind),
    load,
    sink,
    tenants: played.tenants,
    setScript: (name, script) => sink.ask('script', { name, script }),
  };
}

interface Play {
  plan: StagePlan;
  folder: string;
  sinkUrl: string;
  /** Undefined for a standalone, which brings its own. */
  database: Database | undefined;
  redisUrl: string | undefined;
}

interface Played {
  playing: Playing;
  product: Product | undefined;
  database: Database;
  tenants: BenchTenant[];
}

async function playProduct(
  { plan, folder, sinkUrl, database: given, redisUrl }: Play,
  { options, build, unwind, signal, say }: Surroundings,
): Promise<Played> {
  const product = await Product.plan({ build, databaseUrl: given?.url, redisUrl, folder });
  unwind.add('the product', () => product.stopAll());
  const there = plan.apps.filter((app) => hasProgram(build, app));
  const needed = new Set<AppName>(['api', ...there]);
  say(`starting ${[...needed].join(', ')}`);
  // The first process to arrive makes the operator key.
  await product.start('api', signal);
  await Promise.all([...needed].filter((app) => app !== 'api').map((app) => product.start(app, signal)));
  say(`making ${String(options.tenants)} tenants`);
  const tenants = await makeTenants({
    apiUrl: product.url('api'),
    adminKey: product.adminKey,
    tenants: options.tenants,
    fanOut: plan.fanOut,
    ...(plan.ratePerMinute === undefined ? {} : { ratePerMinute: plan.ratePerMinute }),
    sinkUrl: (name) => sinkUrl + name,
  });
  if (!plan.apps.includes('api')) await product.stop('api');
  const database = given ?? (await databaseOfStandalone(product.dataDir));
  return { playing: product, product, database, tenants };
}

async function playFloor(
  { plan, folder, sinkUrl, database, redisUrl }: Play,
  { options, unwind, signal, say }: Surroundings,
): Promise<Played> {
  if (database === undefined) throw new Error('The floor has no standalone.');
  say('starting the floor');
  const floor = await Floor.start({ databaseUrl: database.url, redisUrl, folder, sinkUrl, signal });
  unwind.add('the floor', () => floor.stopAll());
  return {
    playing: floor,
    product: undefined,
    database,
    tenants: floor.tenants(options.tenants, plan.fanOut),
  };
}

function fork<F extends Forked<never>>(script: string, unwind: Unwind): F {
  const forked = new Forked<never>(fileURLToPath(new URL(script, import.meta.url)));
  unwind.add(script, () => forked.stop());
  return forked as unknown as F;
}
