import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { projectRoot } from '#platform';
import { isAlive } from './is-alive.js';
import type { Exit } from './product.js';
import { orHangs, until } from './until.js';

/** What npm needs to know of the machine; what the npm that runs the tests tells its children is not for this one. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

/** A script of package.json, started as a supervisor starts it: `npm start`. */
export class NpmScript {
  output = '';
  private readonly exit: Promise<Exit>;
  private readonly child: ChildProcess;

  /** @param words  after `npm` */
  constructor(words: readonly string[], env: Record<string, string>, cwd = projectRoot()) {
    const passedOn: NodeJS.ProcessEnv = { npm_config_update_notifier: 'false' };
    for (const name of PASSED_ON) passedOn[name] = process.env[name];
    this.child = spawn('npm', [...words], {
      cwd,
      env: { ...passedOn, ...env },
      // A group of its own, as a terminal and a supervisor give it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.exit = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => {
        resolve({ code, signal });
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Npm and everything that it started and that started something, by their numbers. */
  get processes(): number[] {
    const below = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(below)];
    return below(this.pid);
  }

  /** @param look  as for `until`; an end of npm ends the waiting */
  async until(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
    const over = () => this.child.exitCode !== null || this.child.signalCode !== null;
    await until(what, async () => over() || (await look()), 60_000);
    if (over()) throw new Error(`npm ended:\n${this.output}`);
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** To npm and all that it started, as a terminal does at Ctrl-C. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }

  /** How npm ended; fails when it does not. */
  async ended(withinMs = 20_000): Promise<Exit> {
    const exit = await orHangs(this.exit, withinMs);
    if (exit === 'hangs') throw new Error(`npm did not end within ${withinMs} ms:\n${this.output}`);
    return exit;
  }

  /** Leaves nothing behind, whatever a test that failed left. */
  async close(known: readonly number[]): Promise<void> {
    for (const pid of new Set([...known, ...(isAlive(this.pid) ? this.processes : [])])) {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
    await this.exit;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return list.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
