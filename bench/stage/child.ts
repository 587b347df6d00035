/** A process that we started: its log, its end, and how to end it. By pid, never by name. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

export interface ChildOptions {
  name: string;
  command: string;
  args: readonly string[];
  /** Exactly this, or our own when left out. */
  env?: Readonly<Record<string, string>>;
  logFile: string;
}

export class Child {
  private readonly process: ChildProcess;
  private failure: Error | undefined;

  constructor(private readonly options: ChildOptions) {
    const log = openSync(options.logFile, 'a', 0o600);
    const { command, args, env } = options;
    this.process = spawn(command, args, { ...(env ? { env } : {}), stdio: ['ignore', log, log] });
    closeSync(log);
    this.process.once('error', (error) => (this.failure = error));
  }

  get name(): string {
    return this.options.name;
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  get running(): boolean {
    return !this.failure && this.process.exitCode === null && this.process.signalCode === null;
  }

  /**
   * Asks until the answer is true.
   * @throws Error with the end of its log when the process ends first or the time is over
   */
  async ready(question: () => Promise<boolean>, withinMs: number, signal: AbortSignal): Promise<void> {
    const latest = performance.now() + withinMs;
    while (this.running && performance.now() < latest) {
      signal.throwIfAborted();
      if (await question().catch(() => false)) return;
      await delay(LOOK_EVERY_MS);
    }
    const why =
      this.failure?.message ?? (this.running ? `not ready within ${String(withinMs)} ms` : 'it ended');
    throw new Error(`${this.name} did not start (${why}).\n${this.logTail()}`);
  }

  /** @param lines  of the end of its log */
  logTail(lines = 15): string {
    return readFileSync(this.options.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  kill(signal: NodeJS.Signals): void {
    if (this.running) this.process.kill(signal);
  }

  /** SIGTERM, then SIGKILL after the grace; resolves when it is gone. */
  async stop(graceMs: number, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.running) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    const impatience = setTimeout(() => this.kill('SIGKILL'), graceMs);
    this.process.kill(signal);
    await gone;
    clearTimeout(impatience);
  }
}
