/**
 * Writes down every so often, and at the end, what is counted in memory in between. One flush at a time: a slow one is waited for,
 * and its successor begins when it is due again.
 */
export class FlushCycle {
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;

  /** @param flush  never rejects: what it cannot write it keeps for the next one */
  constructor(
    private readonly everyMs: number,
    private readonly flush: () => Promise<void>,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.flushing ??= this.flush().finally(() => (this.flushing = undefined));
    }, this.everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.flush();
  }
}
