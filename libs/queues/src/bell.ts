export interface BellParts {
  /** @returns milliseconds until it may be rung; 0 for now */
  waitMs: (now: number) => number;
  /**
   * Tells workers that all these have work.
   *
   * @param asked  how many were rung for since the last time, one that was rung twice counting twice
   */
  tell: (ids: readonly string[], asked: number) => Promise<void>;
  /** Told when it could not. */
  failed: () => void;
}

/** Gathers the rings of one kind: those that come until it may be rung travel together, a mailbox that is rung twice once. */
export class Bell {
  private readonly waiting = new Set<string>();
  /** Since the last flush, one that was rung twice counting twice. */
  private asked = 0;
  private flushing: Promise<void> | undefined;

  constructor(private readonly parts: BellParts) {}

  ring(ids: Iterable<string>): void {
    for (const id of ids) {
      this.waiting.add(id);
      this.asked += 1;
    }
    if (this.waiting.size > 0) this.flushing ??= this.flush();
  }

  /** Resolves when everything was told. */
  async quiet(): Promise<void> {
    await this.flushing;
  }

  private async flush(): Promise<void> {
    const { waitMs, tell, failed } = this.parts;
    // What is rung for by one write is told together.
    await new Promise(setImmediate);
    try {
      while (this.waiting.size > 0) {
        const early = waitMs(performance.now());
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const ids = [...this.waiting];
        const { asked } = this;
        this.waiting.clear();
        this.asked = 0;
        await tell(ids, asked).catch(failed);
      }
    } finally {
      this.flushing = undefined;
    }
  }
}
