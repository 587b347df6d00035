/** Does something every so often. One turn at a time: a slow one is waited for, and its successor begins when it is due again. */
export class Cycle {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  /** @param turn  never rejects */
  constructor(
    private readonly everyMs: number,
    private readonly turn: () => Promise<void>,
  ) {}

  /** The first turn comes when the first interval is over. */
  start(): void {
    this.timer = setInterval(() => {
      this.running ??= this.turn().finally(() => (this.running = undefined));
    }, this.everyMs);
  }

  /** Resolves when the turn that is under way is over. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
