/** `npm run bench -- W1 ...`: starts the product's production build, loads it, and says how it did. Exits 1 when anything was lost or answered wrongly. */
import { HELP_OPTIONS, readOptions, type BenchOptions } from './options.js';
import { tableOf } from './result.js';
import { Unwind } from './stage/unwind.js';
import { WORKLOADS, workloadNamed } from './workloads/registry.js';
import type { Workload } from './workloads/workload.js';

const HELP = `npm run bench -- <workload> [options]

${WORKLOADS.map(({ name, about }) => `  ${name}  ${about}`).join('\n')}

${HELP_OPTIONS}

Exits 0 when everything accepted was delivered, 1 when something was lost or answered wrongly, 2 when it could not run.`;

const RATES = new Map(WORKLOADS.flatMap(({ name, rate }) => (rate === undefined ? [] : [[name, rate]])));

const startedAt = performance.now();

function say(line: string): void {
  process.stderr.write(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${line}\n`);
}

/** @returns the exit code */
async function bench(workload: Workload, options: BenchOptions): Promise<number> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Not once: a second Ctrl-C must not leave processes behind.
    process.on(signal, () => {
      say('stopping');
      interrupted.abort(new Error('Interrupted.'));
    });
  }
  const unwind = new Unwind(say);
  try {
    const result = await workload.run({ options, unwind, say, signal: interrupted.signal });
    await unwind.run();
    process.stdout.write(`${options.json ? JSON.stringify(result) : tableOf(result)}\n`);
    return result.lost === 0 && (result.wrong ?? 0) === 0 && result.accepted > 0 ? 0 : 1;
  } finally {
    await unwind.run();
  }
}

async function main(args: string[]): Promise<number> {
  const { workload, help, options } = readOptions(args, RATES);
  if (help || workload === undefined) {
    process.stdout.write(`${HELP}\n`);
    return help ? 0 : 2;
  }
  return bench(workloadNamed(workload), options);
}

let code = 2;
try {
  code = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
}
// All that we started is undone; nothing that a library keeps open for later is worth waiting for.
process.exit(code);
