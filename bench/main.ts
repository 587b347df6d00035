/**
 * `npm run bench -- W1 ...`: starts the product's production build, loads it, and says how it did. Exits 1 when anything was
 * lost or answered wrongly.
 */
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { buildOfCommit, commitOf } from './compare/build-of-commit.js';
import { compare } from './compare/compare.js';
import { ratioTable } from './compare/ratios.js';
import { HELP_OPTIONS, readOptions, type BenchOptions } from './options.js';
import { tableOf, type BenchResult } from './result.js';
import { writeFigures } from './round/figures-file.js';
import { ROUND, figureTable, machineOf, type Figures } from './round/round.js';
import { measureStarts } from './start/measure-starts.js';
import { startTable, type StartFigures } from './start/start-figures.js';
import { floorBuild, ownBuild, type Build } from './stage/build.js';
import { Unwind } from './stage/unwind.js';
import { WORKLOADS, workloadNamed } from './workloads/registry.js';
import type { Workload } from './workloads/workload.js';

const HELP = `npm run bench -- <workload> [options]

${WORKLOADS.map(({ name, about }) => `  ${name}  ${about}`).join('\n')}
  START  nothing is sent: how long each process takes until it answers, alone and --turns times, and its memory at rest
  all  a short round of everything, kept in bench/figures.json and shown in bench/README.md

${HELP_OPTIONS}

Exits 0 when everything accepted was delivered, 1 when something was lost or answered wrongly, 2 when it could not run.`;

const RATES = new Map(WORKLOADS.flatMap(({ name, rate }) => (rate === undefined ? [] : [[name, rate]])));

const startedAt = performance.now();

function say(line: string): void {
  process.stderr.write(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${line}\n`);
}

/** Aborted when the person at the keyboard has had enough. */
function interruption(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Not once: a second Ctrl-C must not leave processes behind.
    process.on(signal, () => {
      say('stopping');
      interrupted.abort(new Error('Interrupted.'));
    });
  }
  return interrupted.signal;
}

/** Plays a workload on one build, and undoes what that started. */
async function play(
  workload: Workload,
  { options, build, signal }: { options: BenchOptions; build: Build; signal: AbortSignal },
): Promise<BenchResult> {
  return unwinding((unwind) => workload.run({ options, build, unwind, say, signal }));
}

async function unwinding<T>(run: (unwind: Unwind) => Promise<T>): Promise<T> {
  const unwind = new Unwind(say);
  try {
    return await run(unwind);
  } finally {
    await unwind.run();
  }
}

/** @returns the exit code */
async function bench(workload: Workload, options: BenchOptions): Promise<number> {
  const signal = interruption();
  const playOn = (build: Build) => play(workload, { options, build, signal });
  const other = await otherBuild(options);
  if (other === undefined) {
    const result = await playOn(ownBuild());
    process.stdout.write(`${options.json ? JSON.stringify(result) : tableOf(result)}\n`);
    return isGood(result) ? 0 : 1;
  }
  const comparison = await compare({ other, turns: options.turns, say }, playOn);
  const names = { base: other.name, own: 'this build' };
  process.stdout.write(
    `${options.json ? JSON.stringify(comparison) : ratioTable(comparison.ratios, names)}\n`,
  );
  return comparison.own.runs.every(isGood) ? 0 : 1;
}

/** Nothing is sent: how processes start. @returns the exit code */
async function starts(options: BenchOptions): Promise<number> {
  const signal = interruption();
  const other = options.compare === undefined ? [] : [await buildOfCommit(options.compare, say)];
  const found: Record<string, StartFigures[]> = {};
  for (const build of [...other, ownBuild()]) {
    found[build.name] = await unwinding((unwind) => measureStarts({ options, build, unwind, say, signal }));
  }
  const tables = Object.entries(found).map(([name, figures]) => `${name}\n${startTable(figures)}`);
  process.stdout.write(`${options.json ? JSON.stringify(found) : tables.join('\n\n')}\n`);
  return 0;
}

/** A round of everything, one after another. @returns the exit code */
async function all({ json }: BenchOptions): Promise<number> {
  const signal = interruption();
  const runs: Figures['runs'] = [];
  for (const [at, words] of ROUND.entries()) {
    say(`${String(at + 1)} of ${String(ROUND.length)}: ${words}`);
    const { workload = '', options } = readOptions(words.split(' '), RATES);
    runs.push({ words, result: await play(workloadNamed(workload), { options, build: ownBuild(), signal }) });
  }
  const commit = await commitOf(projectRoot());
  const figures = { at: new Date().toISOString(), commit, machine: machineOf(), runs };
  writeFigures(join(projectRoot(), 'bench'), figures);
  process.stdout.write(`${json ? JSON.stringify(figures) : figureTable(figures)}\n`);
  return runs.every(({ result }) => isGood(result)) ? 0 : 1;
}

/** What is to be measured in turns with this build, if anything. */
async function otherBuild({ compare: ref, floor }: BenchOptions): Promise<Build | undefined> {
  if (floor) return floorBuild();
  return ref === undefined ? undefined : buildOfCommit(ref, say);
}

function isGood({ lost, wrong = 0, accepted }: BenchResult): boolean {
  return lost === 0 && wrong === 0 && accepted > 0;
}

async function main(args: string[]): Promise<number> {
  const { workload, help, options } = readOptions(args, RATES);
  if (help || workload === undefined) {
    process.stdout.write(`${HELP}\n`);
    return help ? 0 : 2;
  }
  if (workload.toLowerCase() === 'all') return all(options);
  return workload.toUpperCase() === 'START' ? starts(options) : bench(workloadNamed(workload), options);
}

let code = 2;
try {
  code = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
}
// All that we started is undone; nothing that a library keeps open for later is worth waiting for.
process.exit(code);
