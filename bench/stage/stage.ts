/** Everything that a workload plays on: database, queue, product processes, load generator and sink, each a process of its own. */
import { fileURLToPath } from 'node:url';
import type { Script } from '../../apps/simulator/index.js';
import { Forked } from '../forked.js';
import type { LoadAnswers } from '../load-process.js';
import type { LoadProgress } from '../load/load-contract.js';
import type { BenchOptions } from '../options.js';
import type { SinkAnswers } from '../sink-process.js';
import type { Child } from './child.js';
import type { Build } from './build.js';
import { databaseOfStandalone, startDatabase } from './database.js';
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
}

export interface Stage {
  plan: StagePlan;
  product: Product;
  /** Undefined when the queue lives in PostgreSQL. */
  redis: Child | undefined;
  postgresPid: number;
  databaseUrl: string;
  wal: Pick<WalMeter, 'bytes'>;
  load: Forked<LoadAnswers, LoadProgress>;
  sink: Forked<SinkAnswers>;
  tenants: BenchTenant[];
  setScript: (endpoint: string, script: Script) => Promise<void>;
}

/** Whatever was started is undone by `unwind`, also when this throws half-way. */
export async function openStage(
  plan: StagePlan,
  { options, build, unwind, signal, say }: Surroundings,
): Promise<Stage> {
  const { folder, remove } = await scratchFolder();
  unwind.add('the temporary folder', () => (options.keep ? say(`kept ${folder}`) : remove()));
  say(`PostgreSQL and ${options.queue === 'redis' ? 'Redis' : 'its queue'} in ${folder}`);
  const given = options.standalone ? undefined : await startDatabase(folder, { build, unwind, say });
  signal.throwIfAborted();
  const redis = options.queue === 'redis' ? await startRedis(folder, signal) : undefined;
  if (redis) unwind.add('Redis', () => redis.child.stop(5_000));

  const sink = fork<Forked<SinkAnswers>>('../sink-process.js', unwind);
  const load = fork<Forked<LoadAnswers, LoadProgress>>('../load-process.js', unwind);
  const sinkUrl = `http://127.0.0.1:${String(await sink.ask('listen', undefined))}/crm/`;

  const product = await Product.plan({ build, databaseUrl: given?.url, redisUrl: redis?.url, folder });
  unwind.add('the product', () => product.stopAll());
  const needed = new Set<AppName>(['api', ...plan.apps]);
  say(`starting ${[...needed].join(', ')}`);
  // The first process to arrive makes the operator key.
  await product.start('api', signal);
  await Promise.all([...needed].filter((app) => app !== 'api').map((app) => product.start(app, signal)));
  const database = given ?? (await databaseOfStandalone(product.dataDir));
  say(`making ${String(options.tenants)} tenants`);
  const tenants = await makeTenants({
    apiUrl: product.url('api'),
    adminKey: product.adminKey,
    tenants: options.tenants,
    fanOut: plan.fanOut,
    ...(plan.ratePerMinute === undefined ? {} : { ratePerMinute: plan.ratePerMinute }),
    sinkUrl: (name) => sinkUrl + name,
  });
  await sink.ask(
    'secrets',
    tenants.flatMap(({ endpoints }) => endpoints),
  );
  if (!plan.apps.includes('api')) await product.stop('api');
  return {
    plan,
    product,
    redis: redis?.child,
    postgresPid: database.pid,
    databaseUrl: database.url,
    wal: new WalMeter(database.url, unwind),
    load,
    sink,
    tenants,
    setScript: (name, script) => sink.ask('script', { name, script }),
  };
}

function fork<F extends Forked<never>>(script: string, unwind: Unwind): F {
  const forked = new Forked<never>(fileURLToPath(new URL(script, import.meta.url)));
  unwind.add(script, () => forked.stop());
  return forked as unknown as F;
}
