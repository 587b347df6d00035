/** `npm run dialbench -- <workload>`: see `--help`. Ends with 1 when something that must hold does not. */
import { cpus } from 'node:os';
import { playB0 } from './b0.js';
import { playB1 } from './b1.js';
import { playB2 } from './b2.js';
import { playB3 } from './b3.js';
import { playB4 } from './b4.js';
import { playB5 } from './b5.js';
import { playB6 } from './b6.js';
import { playB8 } from './play-b8.js';
import { playB7, playB9 } from './play-product.js';
import { readDialBenchOptions, USAGE, type DialBenchOptions } from './options.js';
import { textOf, type DialBenchReport } from './report.js';

const WORKLOADS = new Map<string, (options: DialBenchOptions) => DialBenchReport | Promise<DialBenchReport>>([
  ['B0', playB0],
  ['B1', playB1],
  ['B2', playB2],
  ['B3', playB3],
  ['B4', playB4],
  ['B5', playB5],
  ['B6', playB6],
  ['B7', playB7],
  ['B8', playB8],
  ['B9', playB9],
]);

async function main(args: readonly string[]): Promise<number> {
  const asked = readDialBenchOptions(args);
  if (asked === null) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { workload, options } = asked;
  const play = WORKLOADS.get(workload);
  if (play === undefined)
    throw new Error(`There is no ${workload}; there are ${[...WORKLOADS.keys()].join(', ')}.`);
  const began = performance.now();
  const report = await play(options);
  const seconds = Number(((performance.now() - began) / 1_000).toFixed(1));
  const machine = `${String(cpus().length)} cores, Node ${process.version}`;
  const { figures, musts } = report;
  const { seed, short } = options;
  const line = JSON.stringify({ workload, seed, short, ...figures, musts, seconds, machine });
  process.stdout.write(options.json ? `${line}\n` : `${textOf(report)}\n\n${seconds} s on ${machine}\n`);
  // A short run tells whether it works; how well is chance.
  return short || musts.every(({ met }) => met) ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
