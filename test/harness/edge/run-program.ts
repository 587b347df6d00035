import { spawn, type ChildProcess } from 'node:child_process';

/** A program of another maker that this file started; it never outlives the tests. */
export class RunningProgram {
  output = '';
  private readonly gone: Promise<void>;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    const take = (chunk: Buffer) => (this.output += chunk.toString());
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    this.gone = new Promise((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    process.on('exit', this.abandon);
  }

  static run(program: string, args: readonly string[], folder: string): RunningProgram {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    return new RunningProgram(program, child);
  }

  get running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @throws Error with what it said, where it has ended */
  mustRun(): void {
    if (!this.running) throw new Error(`${this.name} ended:\n${this.output.slice(-3_000)}`);
  }

  /** Gone when this resolves. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.running) this.child.kill(signal);
    await this.gone;
    process.off('exit', this.abandon);
  }

  private readonly abandon = (): void => {
    if (this.running) this.child.kill('SIGKILL');
  };
}
