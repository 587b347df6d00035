import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { asteriskConfig, type AsteriskPlan } from './asterisk-config.js';
import type { AsteriskProgram } from './asterisk-program.js';

/** A private Asterisk that runs. */
export interface RunningAsterisk {
  /** Its process's id. */
  pid: number;
  /** Where its configuration, its books and its log are. */
  folder: string;
  /** A line of its command language, answered. */
  say(line: string): Promise<string>;
  /** Its call detail records, as it wrote them: comma-separated, a line each, without names. */
  cdr(): Promise<string>;
  /** Ends it, calls and all, and removes its folder. */
  stop(): Promise<void>;
}

/** How long Asterisk may take to be ready, ms. */
const READY_MS = 30_000;

/**
 * Starts an Asterisk in `folder`, which is made and is removed when it stops. It reads nothing of the machine's own
 * configuration and runs as whoever we are.
 */
export async function startAsterisk(
  program: AsteriskProgram,
  plan: AsteriskPlan,
  folder: string,
): Promise<RunningAsterisk> {
  const at = { folder, modules: program.modules, data: program.data };
  for (const name of ['etc', 'lib', 'spool/recording', 'spool/monitor', 'run', 'log/cdr-custom', 'cache']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  for (const [name, text] of Object.entries(asteriskConfig(plan, at))) {
    await writeFile(join(folder, 'etc', name), text);
  }
  const conf = join(folder, 'etc', 'asterisk.conf');
  const child = spawn(program.command, [...program.args, '-f', '-C', conf], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { TZ: 'UTC', HOME: folder },
  });
  const told: string[] = [];
  child.stdout.on('data', (bytes: Buffer) => told.push(bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => told.push(bytes.toString()));
  const say = (line: string): Promise<string> => speak(program, conf, line);
  const running: RunningAsterisk = {
    pid: child.pid ?? 0,
    folder,
    say,
    cdr: () => readFile(join(folder, 'log', 'cdr-custom', 'calls.csv'), 'utf8').catch(() => ''),
    stop: async () => {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await untilReady(child, say, told).catch(async (error: unknown) => {
    await running.stop();
    throw error;
  });
  return running;
}

/** Its command line answers `core waitfullybooted` once all of it is there. */
async function untilReady(
  child: ChildProcess,
  say: RunningAsterisk['say'],
  told: readonly string[],
): Promise<void> {
  const tries = READY_MS / 200;
  for (let tried = 0; tried < tries; tried += 1) {
    if (child.exitCode !== null) throw new Error(`Asterisk ended: ${told.join('').slice(-2000)}`);
    const answer = await say('core waitfullybooted').catch(() => '');
    if (answer.includes('fully booted')) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Asterisk was not ready within ${READY_MS} ms: ${told.join('').slice(-2000)}`);
}

async function speak(program: AsteriskProgram, conf: string, line: string): Promise<string> {
  const child = spawn(program.command, [...program.args, '-C', conf, '-rx', line], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
  await once(child, 'close');
  return text;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}
