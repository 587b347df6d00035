import { Cycle } from './cycle.js';

/** Writes down every so often, and at the end, what is counted in memory in between. */
export class FlushCycle {
  private readonly cycle: Cycle;

  /** @param flush  never rejects: what it cannot write it keeps for the next one */
  constructor(
    everyMs: number,
    private readonly flush: () => Promise<void>,
  ) {
    this.cycle = new Cycle(everyMs, flush);
  }

  start(): void {
    this.cycle.start();
  }

  async stop(): Promise<void> {
    await this.cycle.stop();
    await this.flush();
  }
}
