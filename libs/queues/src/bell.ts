import type { Seldom } from './seldom.js';

export interface BellParts {
  rhythm: Pick<Seldom, 'waitMs' | 'beat'>;
  /** Tells workers that all these have work. */
  tell: (ids: readonly string[]) => Promise<void>;
  /** Told when it could not. */
  failed: () => void;
}

/** Gathers the rings of one kind: those that come between two beats of its rhythm travel together, a mailbox that is rung twice once. */
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
    const { rhythm, tell, failed } = this.parts;
    try {
      while (this.waiting.size > 0) {
        const early = rhythm.waitMs(performance.now());
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const begun = performance.now();
        const ids = [...this.waiting];
        const { asked } = this;
        this.waiting.clear();
        this.asked = 0;
        await tell(ids).catch(failed);
        rhythm.beat(begun, performance.now(), asked);
      }
    } finally {
      this.flushing = undefined;
    }
  }
}
