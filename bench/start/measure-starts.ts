/** How long processes of the product take until they answer, and what they then cost while nobody asks. */
import { setTimeout as delay } from 'node:timers/promises';
import { usageOf, wholeRssMb } from '../measure/process-usage.js';
import { startDatabase } from '../stage/database.js';
import { APPS, Product, type ProcessName } from '../stage/product.js';
import { startRedis } from '../stage/redis-server.js';
import { scratchFolder } from '../stage/scratch-folder.js';
import type { Surroundings } from '../stage/stage.js';
import { startFigures, type Start, type StartFigures } from './start-figures.js';

/** After it answers, a process still finishes what it begins with: the first look for work, the first maintenance. */
const COMES_TO_REST_MS = 4_000;

const COUNTER = new URL('count-modules.js', import.meta.url).href;

/** Each process alone: one start that prepares it and counts its modules, then as many as there are turns. */
export async function measureStarts(surroundings: Surroundings): Promise<StartFigures[]> {
  const { options, build, unwind, signal, say } = surroundings;
  const { folder, remove } = await scratchFolder();
  unwind.add('the temporary folder', () => (options.keep ? say(`kept ${folder}`) : remove()));
  const figures: StartFigures[] = [];
  const measure = async (product: Product, names: readonly ProcessName[]) => {
    unwind.add('the product', () => product.stopAll());
    for (const name of names) {
      const modules = await modulesOf(product, name, signal);
      const starts: Start[] = [];
      for (let turn = 1; turn <= options.turns; turn += 1) {
        say(`${build.name}: ${name}, ${String(turn)} of ${String(options.turns)}`);
        starts.push(await startOf(product, name, signal));
      }
      figures.push(startFigures(name, modules, starts));
    }
  };
  await measure(await Product.plan({ build, databaseUrl: undefined, redisUrl: undefined, folder }), [
    'standalone',
  ]);
  const database = await startDatabase(folder + '/apart', { build, unwind, say });
  const redis = options.queue === 'redis' ? await startRedis(folder, signal) : undefined;
  if (redis) unwind.add('Redis', () => redis.child.stop(5_000));
  const apart = { build, databaseUrl: database.url, redisUrl: redis?.url, folder };
  await measure(await Product.plan(apart), APPS);
  return figures;
}

async function startOf(product: Product, name: ProcessName, signal: AbortSignal): Promise<Start> {
  const begun = performance.now();
  await product.start(name, signal, { until: 'live' });
  const ms = performance.now() - begun;
  const { pid } = product.child(name);
  const { cpuSeconds } = await usageOf(pid);
  await delay(COMES_TO_REST_MS, undefined, { signal });
  const { rssMb: pssMb } = await usageOf(pid);
  const start = { ms, cpuSeconds, rssMb: await wholeRssMb(pid), pssMb };
  await product.stop(name);
  return start;
}

async function modulesOf(product: Product, name: ProcessName, signal: AbortSignal): Promise<number> {
  await product.start(name, signal, { flags: ['--import', COUNTER] });
  const child = product.child(name);
  await product.stop(name);
  return Number(/^modules loaded: (\d+)$/m.exec(child.logTail())?.[1]);
}
